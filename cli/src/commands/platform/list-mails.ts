// fairway mail list: what was sent, and what still waits.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

export function addListMails(parent: Command) {
  parent
    .command('list')
    .description('mails, the newest first; --json has their text where no mail server is set')
    .action(
      run(async ({ client }) => {
        const list = await ask(client.GET('/api/v1/mails'))
        const rows = list.items.map((one) => [instant(one.createdAt), one.state, one.to, one.subject, one.lastError])
        return { value: list, text: table(['AT', 'STATE', 'TO', 'SUBJECT', 'LAST FAULT'], rows, 'No mails yet.') }
      }),
    )
}
