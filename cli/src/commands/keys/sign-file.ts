// fairway keys sign-file: signs what was carried here; needs no network and no server.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { runHere } from '../../run.ts'
import { agree } from '../../signing/agree.ts'
import { openKeyFile } from '../../signing/key-file.ts'
import { readPassphrase } from '../../signing/passphrase.ts'
import { checkUnsigned, readUnsignedFile, signatureAsFile } from '../../signing/unsigned-document.ts'

interface Options {
  key: string
  out: string
  yes?: boolean
}

export function addSignFile(parent: Command) {
  parent
    .command('sign-file')
    .argument('<file>', 'as “keys export” wrote it')
    .requiredOption('--key <file>', 'the key, as “keys create” wrote it')
    .requiredOption('--out <file>', 'where to write the signature')
    .option('--yes', 'do not ask')
    .description('sign a file on a machine without network')
    .action(
      runHere<[string], Options>(async ({ voice }, { args: [file], options }) => {
        const unsigned = await readUnsignedFile(file)
        checkUnsigned(unsigned)
        const key = await openKeyFile(options.key, () => readPassphrase(options.key), voice.note)
        await agree(unsigned, options, voice.note)
        const { product, role, version, document } = unsigned
        const out = resolve(options.out)
        await writeFile(out, signatureAsFile({ product, role, version, keyid: key.keyid, sig: key.sign(document) }))
        return {
          value: { file: out, product, role, version, keyid: key.keyid },
          text: `The signature over ${role} ${version} of ${product} is in ${out}.\nWhere there is network: fairway keys import ${product} ${options.out}.`,
        }
      }),
    )
}
