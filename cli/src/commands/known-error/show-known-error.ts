// fairway known-error show: one known error.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { facts, section } from '../../terminal/layout.ts'

export function addShowKnownError(parent: Command) {
  parent
    .command('show')
    .argument('<known-error>', 'its id, like KE-118')
    .description('one known error')
    .action(
      run<[string]>(async ({ client }, { args: [knownErrorId] }) => {
        const one = await ask(client.GET('/api/v1/known-errors/{knownErrorId}', { params: { path: { knownErrorId } } }))
        const { id, title, productId, state, affectedVersions, fixedIn } = one
        const known = facts({
          'known error': id,
          title,
          product: productId,
          state,
          affected: affectedVersions,
          'fixed in': fixedIn.join(', '),
        })
        const parts = [
          section('What one sees', one.description),
          section('Workaround', one.workaround),
          one.view === 'staff' ? section('Cause', one.cause) : '',
        ]
        return { value: one, text: known + parts.join('') }
      }),
    )
}
