// fairway keys import: brings a signature that was made elsewhere.
import type { Command } from 'commander'
import { wrongUsage } from '../../failure.ts'
import { run } from '../../run.ts'
import { readSignatureFile } from '../../signing/unsigned-document.ts'
import { bringSignature } from './sign-waiting.ts'
import { whatWaits } from './what-waits.ts'

export function addImportSignature(parent: Command) {
  parent
    .command('import')
    .argument('<product>')
    .argument('<signature>', 'the file, as “keys sign-file” wrote it')
    .description('bring a signature that was made elsewhere')
    .action(
      run<[string, string]>(async ({ client }, { args: [productId, file] }) => {
        const signature = await readSignatureFile(file)
        if (signature.product !== productId)
          throw wrongUsage(`${file} is a signature for ${signature.product}, not for ${productId}.`)
        const keys = await bringSignature(client, signature, signature)
        const { role, version, keyid } = signature
        return { value: keys, text: `The signature of ${keyid} over ${role} ${version} is there.\n${whatWaits(keys)}` }
      }),
    )
}
