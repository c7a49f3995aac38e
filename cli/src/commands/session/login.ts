// fairway login: keeps a token for a server, after the server has said whose it is.
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { isOpenToEavesdroppers, parseServer } from '../../arguments/server-address.ts'
import { wrongUsage } from '../../failure.ts'
import { ask } from '../../reach/ask.ts'
import { connect } from '../../reach/connect.ts'
import { checkToken } from '../../reach/find-sign-in.ts'
import { saveSignIn, settingsFile } from '../../reach/settings-file.ts'
import { runHere } from '../../run.ts'
import { askSecretly } from '../../terminal/ask-person.ts'

export function addLogin(parent: Command) {
  parent
    .command('login')
    .argument('<server>', 'its address, like https://fairway.example.com')
    .option('--token <token>', 'an API token, fw_…; better from stdin or FAIRWAY_TOKEN, since others see command lines')
    .description('sign in: keep an API token for this server')
    .action(
      runHere<[string], { token?: string }>(async ({ voice }, { args: [address], options }) => {
        const server = parseServer(address)
        if (isOpenToEavesdroppers(server)) voice.note(`${server} is not https: whoever stands between can read your token.`)
        const token = checkToken(options.token || process.env.FAIRWAY_TOKEN || (await askForToken(server)))
        const me = await ask(connect({ server, token }).GET('/api/v1/me'))
        await saveSignIn(settingsFile(process.env), { server, token })
        return {
          value: { server, id: me.id, email: me.email, scopes: me.scopes },
          text: `You are signed in at ${server} as ${me.name} <${me.email}>.`,
        }
      }),
    )
}

async function askForToken(server: string) {
  const given = process.stdin.isTTY ? await askSecretly(`API token for ${server}: `) : await text(process.stdin)
  if (given.trim() === '') throw wrongUsage('There is no token.', 'Give it on stdin, in FAIRWAY_TOKEN or with --token.')
  return given
}
