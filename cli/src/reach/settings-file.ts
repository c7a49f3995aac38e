// Keeps who is signed in where: one file that nobody else on this machine may read.
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { EXIT } from '../exit-codes.ts'
import { Failure } from '../failure.ts'

export interface SignIn {
  server: string
  token: string
}

type Env = Record<string, string | undefined>

export function settingsFile(env: Env) {
  return join(baseFolder(env.XDG_CONFIG_HOME, '.config'), 'fairway', 'config.json')
}

/** What must not be lost within days, but may be lost: the uploads under way. */
export function stateFolder(env: Env) {
  return join(baseFolder(env.XDG_STATE_HOME, '.local/state'), 'fairway')
}

/** Undefined: nobody is signed in. */
export async function readSignIn(file: string): Promise<SignIn | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw unusable(file, error.message)
  })
  return text === undefined ? undefined : toSignIn(file, text)
}

/** Appears at once and whole, readable for its owner alone. */
export async function saveSignIn(file: string, signIn: SignIn) {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(signIn, null, 2)}\n`, { mode: 0o600 })
  // The mode of writeFile holds for new files only.
  await chmod(draft, 0o600)
  await rename(draft, file)
}

export async function forgetSignIn(file: string) {
  await rm(file, { force: true })
}

/** Windows has no such modes. */
export async function isReadByOthers(file: string) {
  const { mode } = await stat(file)
  return process.platform !== 'win32' && (mode & 0o077) !== 0
}

/** XDG Base Directory: a relative path is to be ignored. */
function baseFolder(wished: string | undefined, usual: string) {
  return wished && isAbsolute(wished) ? wished : join(homedir(), usual)
}

function toSignIn(file: string, text: string): SignIn {
  try {
    const value: unknown = JSON.parse(text)
    if (isSignIn(value)) return { server: value.server, token: value.token }
  } catch {
    // The reason would quote the file, and the file holds a token.
  }
  throw unusable(file, 'it is not as we wrote it')
}

function isSignIn(value: unknown): value is SignIn {
  const isObject = typeof value === 'object' && value !== null && 'server' in value && 'token' in value
  return isObject && typeof value.server === 'string' && typeof value.token === 'string'
}

function unusable(file: string, reason: string) {
  return new Failure({
    exitCode: EXIT.denied,
    code: 'settings.unusable',
    detail: `We cannot use ${file}: ${reason}.`,
    advice: 'Sign in again: fairway login SERVER.',
  })
}
