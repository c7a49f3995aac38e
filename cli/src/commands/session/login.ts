// fairway login: keeps a token for a server, after the server has said whose it is.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { isOpenToEavesdroppers, parseServer } from '../../arguments/server-address.ts'
import { wrongUsage } from '../../failure.ts'
import { ask } from '../../reach/ask.ts'
import { connect } from '../../reach/connect.ts'
import { checkToken } from '../../reach/find-sign-in.ts'
import { saveSignIn, settingsFile } from '../../reach/settings-file.ts'
import { runHere } from '../../run.ts'

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

/** What is typed or pasted is not shown. */
async function askSecretly(question: string) {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  // Ctrl-C and Ctrl-D end the question instead of leaving it open.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  try {
    return await Promise.race([terminal.question(''), ended])
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
