// fairway keys undo: takes back a change of keys that still waits for signatures.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { whatWaits } from './what-waits.ts'

export function addUndoRotation(parent: Command) {
  parent
    .command('undo')
    .argument('<product>')
    .argument('<role>')
    .description('take back a change of keys that still waits; for administrators')
    .action(
      run<[string, string]>(async ({ client }, { args: [productId, role] }) => {
        const params = { path: { productId, role } }
        const keys = await ask(client.DELETE('/api/v1/products/{productId}/keys/{role}/change', { params }))
        return { value: keys, text: `${role} keeps the keys that it has.\n${whatWaits(keys)}` }
      }),
    )
}
