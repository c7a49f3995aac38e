// Shows how far a download is: a bar on a terminal, else a line at each quarter.
import { Presets, SingleBar } from 'cli-progress'
import type { Log } from './log.ts'

export interface Progress {
  /** Bytes so far. */
  at(bytes: number): void
  end(): void
}

export function createProgress(log: Log, name: string, size: number): Progress {
  return process.stderr.isTTY ? createBar(name, size) : createLines(log, name, size)
}

function createBar(name: string, size: number): Progress {
  const format = `${name} [{bar}] {percentage}% | {value}/{total} bytes | {eta} s left`
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic)
  bar.start(size, 0)
  return { at: (bytes) => bar.update(bytes), end: () => bar.stop() }
}

function createLines(log: Log, name: string, size: number): Progress {
  let told = 0
  return {
    at(bytes) {
      const quarter = Math.floor((bytes / size) * 4)
      if (quarter <= told) return
      told = quarter
      log.info('downloading', { name, percent: quarter * 25, bytes, size })
    },
    end() {},
  }
}
