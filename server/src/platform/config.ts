// Reads the environment once, checks it, and gives the nested configuration that everything else believes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newSecret } from './ids.ts'
import { readStorageUrl, type S3Place } from './storage-url.ts'

export interface Config {
  host: string
  port: number
  dataDir: string
  /** Undefined: the embedded PostgreSQL of the data folder. */
  databaseUrl?: string
  /** Origin that people and agents use, without a slash at the end. */
  publicUrl: string
  /** Addresses or CIDR ranges whose X-Forwarded-* are believed. */
  trustedProxies: string[]
  /** Wraps private keys and signs sessions; at least 32 characters. */
  secret: string
  smtpUrl?: string
  /** Requests a minute of one person, token or installation. */
  requestsPerMinute: number
  admin?: { email: string; password: string }
  /** Where artifacts are kept; undefined: below the data folder. */
  storage?: S3Place
}

type Env = Record<string, string | undefined>

/** Says every problem of the environment at once, so that nobody mends them one by one. */
export function readConfig(env: Env, cwd: string): Config {
  const problems: string[] = []
  const dataDir = resolve(cwd, env.FAIRWAY_DATA || './data')
  const port = readPort(env.FAIRWAY_PORT, problems)
  const config: Config = {
    host: env.FAIRWAY_HOST || '127.0.0.1',
    port,
    dataDir,
    publicUrl: readPublicUrl(env.FAIRWAY_PUBLIC_URL || `http://localhost:${port}`, problems),
    trustedProxies: (env.FAIRWAY_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
    secret: env.FAIRWAY_SECRET ?? '',
    requestsPerMinute: readCount(env.FAIRWAY_REQUESTS_PER_MINUTE, problems),
    ...readUrl('databaseUrl', env.FAIRWAY_DATABASE_URL, {
      name: 'FAIRWAY_DATABASE_URL',
      schemes: ['postgres:', 'postgresql:'],
      problems,
    }),
    ...readUrl('smtpUrl', env.FAIRWAY_SMTP_URL, { name: 'FAIRWAY_SMTP_URL', schemes: ['smtp:', 'smtps:'], problems }),
    ...readAdmin(env, problems),
    ...readStorage(env.FAIRWAY_STORAGE_URL, problems),
  }
  if (env.FAIRWAY_SECRET !== undefined && env.FAIRWAY_SECRET.length < 32)
    problems.push('FAIRWAY_SECRET needs at least 32 characters.')
  if (!env.FAIRWAY_SECRET && config.databaseUrl)
    problems.push('FAIRWAY_SECRET is required with FAIRWAY_DATABASE_URL: it wraps the keys in that database.')
  if (problems.length > 0)
    throw new Error(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  return config
}

/** Keeps the secret of this data folder, made at the first start, readable by its owner alone. */
export function keepSecret(dataDir: string) {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32)
    throw new Error(`${file} is damaged: it holds ${secret.length} characters. Put the secret of your backup back.`)
  return secret
}

function readPort(text: string | undefined, problems: string[]) {
  const port = text ? Number(text) : 4600
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    problems.push(`FAIRWAY_PORT is "${text}", not a port between 0 and 65535.`)
  return port
}

function readCount(text: string | undefined, problems: string[]) {
  const count = text ? Number(text) : 1200
  if (!Number.isInteger(count) || count < 1)
    problems.push(`FAIRWAY_REQUESTS_PER_MINUTE is "${text}", not a number of at least 1.`)
  return count
}

function readPublicUrl(text: string, problems: string[]) {
  const url = URL.parse(text)
  if (!url || !['http:', 'https:'].includes(url.protocol))
    problems.push(`FAIRWAY_PUBLIC_URL is "${text}", not an http or https address.`)
  else if (url.pathname !== '/' || url.search || url.hash)
    problems.push(`FAIRWAY_PUBLIC_URL is "${text}": leave out everything behind host and port.`)
  return url?.origin ?? text
}

function readUrl<Key extends 'databaseUrl' | 'smtpUrl'>(
  key: Key,
  text: string | undefined,
  rule: { name: string; schemes: string[]; problems: string[] },
) {
  if (!text) return {}
  const url = URL.parse(text)
  // The value may hold a password, so it is not repeated in the sentence.
  if (!url || !rule.schemes.includes(url.protocol))
    rule.problems.push(`${rule.name} does not begin with ${rule.schemes.join('// or ')}//.`)
  // A computed key widens to string in the eyes of the compiler.
  return { [key]: text } as { [K in Key]: string }
}

function readStorage(text: string | undefined, problems: string[]) {
  const storage = text ? readStorageUrl(text, problems) : undefined
  return storage ? { storage } : {}
}

function readAdmin(env: Env, problems: string[]) {
  const { FAIRWAY_ADMIN_EMAIL: email, FAIRWAY_ADMIN_PASSWORD: password } = env
  if (!email && !password) return {}
  if (!email || !password) problems.push('FAIRWAY_ADMIN_EMAIL and FAIRWAY_ADMIN_PASSWORD go together.')
  else if (password.length < 12) problems.push('FAIRWAY_ADMIN_PASSWORD needs at least 12 characters.')
  return { admin: { email: email ?? '', password: password ?? '' } }
}
