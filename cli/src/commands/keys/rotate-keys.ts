// fairway keys rotate: which keys sign for a role from now on; it comes into force when enough of them have signed.
import type { Command } from 'commander'
import { collect, collectWords, parseCount } from '../../arguments/words.ts'
import { wrongUsage } from '../../failure.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { readPublicFile } from '../../signing/key-file.ts'
import { whatWaits } from './what-waits.ts'

interface Options {
  add?: string[]
  remove?: string[]
  replace?: boolean
  threshold?: number
  fresh?: boolean
}

export function addRotateKeys(parent: Command) {
  parent
    .command('rotate')
    .argument('<product>')
    .argument('<role>', 'root, targets, snapshot, timestamp, director, or channel-NAME')
    .option('--add <file>', 'the public part of a key that is kept elsewhere: FILE.pub; several times', collect)
    .option('--remove <key>', 'the id of a key that goes; several times', collectWords)
    .option('--replace', 'the keys of --add become all there are')
    .option('--threshold <n>', 'how many of them must sign', parseCount)
    .option('--fresh', 'a fresh key that Fairway makes and holds becomes the only one')
    .description('change the keys of a role; for administrators')
    .action(
      run<[string, string], Options>(async ({ client }, { args: [productId, role], options }) => {
        const { add, remove, replace, threshold, fresh } = options
        if (!add && !remove && !threshold && !fresh)
          throw wrongUsage('There is nothing to change.', 'Say --add, --remove, --threshold or --fresh.')
        const body = {
          ...(add && { add: await Promise.all(add.map(readPublicFile)) }),
          ...(remove && { remove }),
          ...(replace && { replace }),
          ...(threshold && { threshold }),
          ...(fresh && { fresh }),
        }
        const params = { path: { productId, role } }
        const keys = await ask(client.POST('/api/v1/products/{productId}/keys/{role}', { params, body }))
        return { value: keys, text: `It is noted.\n${whatWaits(keys)}` }
      }),
    )
}
