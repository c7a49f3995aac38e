// The passphrase of a key file: from the environment or typed in without being shown; never an argument, since others see command lines.
import { wrongUsage } from '../failure.ts'
import { askSecretly } from '../terminal/ask-person.ts'

/** PKCS#8 stretches a passphrase little, so it must be long by itself. */
const MIN_LENGTH = 12

export async function readPassphrase(file: string) {
  return process.env.FAIRWAY_KEY_PASSPHRASE || askFor(`Passphrase of ${file}: `)
}

/** Typed twice, since nobody can open the key afterwards without it. */
export async function choosePassphrase(file: string) {
  const given = process.env.FAIRWAY_KEY_PASSPHRASE
  const chosen = given || (await askFor(`Passphrase for ${file} (${MIN_LENGTH} characters or more): `))
  if (chosen.length < MIN_LENGTH)
    throw wrongUsage(`A passphrase has ${MIN_LENGTH} characters or more.`, 'Take several words that nobody would guess.')
  if (!given && chosen !== (await askFor('The same again: '))) throw wrongUsage('The two are not the same.', 'Run it again.')
  return chosen
}

async function askFor(question: string) {
  if (!process.stdin.isTTY)
    throw wrongUsage('There is nobody to ask for the passphrase.', 'Run it in a terminal, or set FAIRWAY_KEY_PASSPHRASE.')
  return askSecretly(question)
}
