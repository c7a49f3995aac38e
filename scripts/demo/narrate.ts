// Tells the story on the terminal: what happens, when, and whether it was seen.
const began = performance.now()
const isColourful = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: number, text: string) => (isColourful ? `\u001b[${code}m${text}\u001b[0m` : text)

export function secondsSoFar() {
  return (performance.now() - began) / 1000
}

export function act(title: string) {
  console.log(`\n${paint(1, title)}`)
}

export function tell(line: string) {
  console.log(`${paint(90, `${secondsSoFar().toFixed(1).padStart(5)} s`)}  ${line}`)
}

/** Asks until it is so; tells when it is. Throws after the time is up, with the sentence of what did not happen. */
export async function see<Result>(
  what: string,
  ask: () => Promise<Result | undefined | false>,
  withinSeconds = 60,
): Promise<Result> {
  const end = performance.now() + withinSeconds * 1000
  for (;;) {
    const result = await ask()
    if (result) {
      tell(`${paint(32, '✓')} ${what}`)
      return result
    }
    if (performance.now() > end) throw new Error(`Not seen within ${withinSeconds} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
