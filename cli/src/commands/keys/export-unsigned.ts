// fairway keys export: writes what waits into a file, to be carried to a machine that no network reaches.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { notFound } from '../../failure.ts'
import { run } from '../../run.ts'
import { checkUnsigned, unsignedAsFile } from '../../signing/unsigned-document.ts'
import { listUnsigned } from './sign-waiting.ts'

export function addExportUnsigned(parent: Command) {
  parent
    .command('export')
    .argument('<product>')
    .argument('<role>')
    .requiredOption('--out <file>', 'where to')
    .description('write what waits for signatures into a file, to sign it on a machine without network')
    .action(
      run<[string, string], { out: string }>(async ({ client }, { args: [productId, role], options }) => {
        const unsigned = (await listUnsigned(client, productId)).find((one) => one.role === role)
        if (!unsigned)
          throw notFound(
            'unsigned.none',
            `Nothing of ${role} waits for a signature.`,
            `What waits: fairway keys show ${productId}.`,
          )
        checkUnsigned(unsigned)
        const file = resolve(options.out)
        await writeFile(file, unsignedAsFile(unsigned))
        const { version, needed } = unsigned
        return {
          value: { file, role, version, needed },
          text: `${role} ${version} is in ${file}.\nThere: fairway keys sign-file ${options.out} --key KEY --out SIG. Back here: fairway keys import ${productId} SIG.`,
        }
      }),
    )
}
