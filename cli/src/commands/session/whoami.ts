// fairway whoami: who the server takes us for, and what this token may do.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { facts } from '../../terminal/layout.ts'

export function addWhoami(parent: Command) {
  parent
    .command('whoami')
    .description('who you are, and what your token may do')
    .action(
      run(async ({ client, signIn: { server } }) => {
        const me = await ask(client.GET('/api/v1/me'))
        const { name, email, roles, organisation, scopes } = me
        return {
          value: { server, ...me },
          text: facts({
            server,
            name,
            email,
            roles: roles.join(', '),
            organisation: organisation && `${organisation.name} (${organisation.role})`,
            'token may': scopes.join(', '),
          }),
        }
      }),
    )
}
