// Shows how far something is: a bar on a terminal, else a line at each quarter.
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  at(value: number): void
  end(): void
}

export interface Task {
  label: string
  total: number
  unit: string
}

export const NO_PROGRESS: Progress = { at: () => undefined, end: () => undefined }

export function showProgress(task: Task, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? showBar(task, stream) : showLines(task, stream)
}

function showBar({ label, total, unit }: Task, stream: NodeJS.WriteStream): Progress {
  // Bytes come evenly; of installations nobody can say when they will be done.
  const left = unit === 'bytes' ? ' | {eta} s left' : ''
  const format = `${label} [{bar}] {percentage}% | {value}/{total} ${unit}${left}`
  const bar = new SingleBar({ format, stream, barsize: 24, forceRedraw: true }, Presets.shades_classic)
  bar.start(total, 0)
  return { at: (value) => bar.update(value), end: () => bar.stop() }
}

function showLines({ label, total, unit }: Task, stream: NodeJS.WriteStream): Progress {
  let told = 0
  return {
    at(value) {
      const quarter = total > 0 ? Math.floor((value / total) * 4) : 4
      if (quarter <= told) return
      told = quarter
      stream.write(`${label}: ${quarter * 25} % of ${total} ${unit}\n`)
    },
    end: () => undefined,
  }
}
