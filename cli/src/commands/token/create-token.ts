// fairway token create: a token for a job or a person; its secret is shown once.
import type { Schemas } from '@fairway/client'
import type { Command } from 'commander'
import { parseDuration } from '../../arguments/duration.ts'
import { collectWords } from '../../arguments/words.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

interface Options {
  name: string
  scope: string[]
  expires?: string
}

export function addCreateToken(parent: Command) {
  parent
    .command('create')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scope <scopes>', 'what it may, like read,releases:write,rollouts:write', collectWords)
    .option('--expires <time>', 'after this time, like 90d')
    .description('make an API token; it is shown once')
    .action(
      run<[], Options>(async ({ client, voice }, { options: { name, scope, expires } }) => {
        // The server knows which there are, and names them.
        const scopes = scope as Schemas['NewToken']['scopes'][number][]
        const body = { name, scopes, ...(expires && { expiresAt: instantAfter(parseDuration(expires, '--expires')) }) }
        const token = await ask(client.POST('/api/v1/tokens', { body }))
        voice.note('Keep it now: it is not shown again.')
        return { value: token, text: token.token }
      }),
    )
}

function instantAfter(seconds: number) {
  return new Date(Date.now() + seconds * 1000).toISOString()
}
