// Shows how far a long copy is: a bar that is redrawn on a terminal, a line now and then in a log.

export interface Progress {
  add(bytes: number): void
  /** Ends the bar; the last line stays. */
  end(): void
}

export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const WIDTH = 28
const REDRAW_MS = 100
const LINE_MS = 10_000
const STEPS = ['kB', 'MB', 'GB', 'TB']

export function createProgress(out: Output, what: string, totalBytes: number): Progress {
  let bytes = 0
  let next = out.isTTY ? 0 : performance.now() + LINE_MS

  const line = () => {
    // The total of tables is an estimate, so it may be passed.
    const total = Math.max(totalBytes, bytes, 1)
    const share = bytes / total
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
    return `${what} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${amount(bytes)} of ${amount(total)}`
  }
  const draw = () => out.write(out.isTTY ? `\r${line()}\u001b[K` : `${line()}\n`)

  return {
    add(more) {
      bytes += more
      const now = performance.now()
      if (now < next) return
      next = now + (out.isTTY ? REDRAW_MS : LINE_MS)
      draw()
    },
    end() {
      if (out.isTTY) out.write('\r\u001b[K')
    },
  }
}

/** Bytes as a person says them. */
export function amount(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), STEPS.length)
  const value = bytes / 1000 ** step
  return `${value.toFixed(value < 10 ? 1 : 0)} ${STEPS[step - 1]}`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
