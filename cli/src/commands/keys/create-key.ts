// fairway keys create: a key that is kept on this machine, or on a stick; Fairway never sees its private part.
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { runHere } from '../../run.ts'
import { createKeyFile, publicFileOf } from '../../signing/key-file.ts'
import { choosePassphrase } from '../../signing/passphrase.ts'

export function addCreateKey(parent: Command) {
  parent
    .command('create')
    .requiredOption('--out <file>', 'where to write the encrypted private part; the public part comes beside it, as FILE.pub')
    .description('make a key to keep offline; needs no server')
    .action(
      runHere<[], { out: string }>(async (_context, { options: { out } }) => {
        const file = resolve(out)
        const publicFile = publicFileOf(file)
        const { keyid, publicKey } = await createKeyFile(file, await choosePassphrase(out))
        return {
          value: { keyid, publicKey, file, publicFile },
          text: `${keyid}\nThe private part is in ${file}, encrypted: keep it and its passphrase in two places. The public part is in ${publicFile}.\nNext: fairway keys rotate PRODUCT ROLE --add ${out}.pub`,
        }
      }),
    )
}
