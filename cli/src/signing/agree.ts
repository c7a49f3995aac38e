// Shows what would be signed and waits for a yes.
import { refused, wrongUsage } from '../failure.ts'
import { askForYes } from '../terminal/ask-person.ts'
import { plainText } from '../terminal/plain-text.ts'
import { explainUnsigned, type UnsignedDocument } from './unsigned-document.ts'

export async function agree(unsigned: UnsignedDocument, { yes }: { yes?: boolean }, note: (line: string) => void) {
  const explained = explainUnsigned(unsigned)
  if (yes) return note(explained)
  if (!process.stdin.isTTY) throw wrongUsage('There is nobody to ask whether to sign.', 'Run it in a terminal, or say --yes.')
  // Also under --quiet: nobody should sign what was not seen.
  process.stderr.write(`${plainText(explained)}\n`)
  if (!(await askForYes('Sign this?'))) throw refused('signature.not_wished', 'Nothing more was signed.')
}
