// Asks the person at the terminal: for a secret that is not shown, or for a yes.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** What is typed or pasted is not shown. Empty where the question was left with Ctrl-C or Ctrl-D. */
export async function askSecretly(question: string) {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  try {
    return await askOnce('', nowhere)
  } finally {
    process.stderr.write('\n')
  }
}

/** Only a plain yes is one. */
export async function askForYes(question: string) {
  const answer = await askOnce(`${question} [y/N] `, process.stderr)
  return /^y(es)?$/i.test(answer.trim())
}

async function askOnce(question: string, output: NodeJS.WritableStream) {
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  // Ctrl-C and Ctrl-D end the question instead of leaving it open.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  try {
    return await Promise.race([terminal.question(question), ended])
  } finally {
    terminal.close()
  }
}
