// Says which server to ask with which token: the environment first, then what `fairway login` kept.
import { parseServer } from '../arguments/server-address.ts'
import { EXIT } from '../exit-codes.ts'
import { Failure, wrongUsage } from '../failure.ts'
import { isReadByOthers, readSignIn, settingsFile, type SignIn } from './settings-file.ts'

type Env = Record<string, string | undefined>

/** @param note hears of a file that others can read. */
export async function findSignIn(env: Env, note: (line: string) => void): Promise<SignIn> {
  const file = settingsFile(env)
  const kept = env.FAIRWAY_SERVER && env.FAIRWAY_TOKEN ? undefined : await readSignIn(file)
  if (kept && (await isReadByOthers(file))) note(`Others on this machine can read your token. Run: chmod 600 ${file}`)
  return chooseSignIn(env, kept)
}

/** A token that was kept for one server is never sent to another one. */
export function chooseSignIn(env: Env, kept: SignIn | undefined): SignIn {
  const server = env.FAIRWAY_SERVER ? parseServer(env.FAIRWAY_SERVER) : kept?.server
  const token = env.FAIRWAY_TOKEN || (kept && kept.server === server ? kept.token : undefined)
  if (!server) throw notSignedIn('You are not signed in, and FAIRWAY_SERVER is not set.')
  if (!token) throw notSignedIn(`There is no token for ${server}.`)
  return { server, token: checkToken(token) }
}

/** A line break or half a token would only be found out in a header. */
export function checkToken(text: string) {
  const token = text.trim()
  if (!/^fw_[\x21-\x7e]{8,300}$/.test(token))
    throw wrongUsage(
      'That is no API token of Fairway: those begin with fw_.',
      'Make one in the console, or with fairway token create.',
    )
  return token
}

function notSignedIn(detail: string) {
  return new Failure({
    exitCode: EXIT.denied,
    code: 'session.missing',
    detail,
    advice: 'Run fairway login SERVER, or set FAIRWAY_SERVER and FAIRWAY_TOKEN.',
  })
}
