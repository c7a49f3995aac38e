// For tests: another Fairway, a real process that holds a data folder and can be killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { startEmbeddedPostgres, type EmbeddedOptions, type EmbeddedPostgres } from './embedded.ts'
import { breakPostmaster, findPostmaster } from './postmaster.ts'

const PROGRAM = `
const { startEmbeddedPostgres } = await import(process.argv[1])
const dataDir = process.argv[2]
const print = (line) => console.log(JSON.stringify(line))
try {
  const postgres = await startEmbeddedPostgres({ dataDir, say: (said) => print({ said }) })
  process.on('SIGTERM', async () => { await postgres.stop(); process.exit(0) })
  print({ started: postgres })
} catch (error) {
  print({ refused: error.message })
}`

interface Line {
  readonly said?: string
  readonly started?: EmbeddedPostgres
  readonly refused?: string
}

export interface OtherFairway {
  readonly pid: number
  /** Its answer to being started. */
  readonly answer: Promise<Line>
  readonly said: string[]
  end(signal: NodeJS.Signals): Promise<void>
}

/** A data folder that is gone after the test, with whatever still runs in it. The name holds what shells stumble over. */
export function aDataFolder(name = "a data folder, it's new", parent = mkdtempSync(join(tmpdir(), 'fairway-pg-'))): string {
  const dataDir = join(parent, name)
  onTestFinished(async () => {
    const folder = openDataFolder(dataDir)
    const left = await findPostmaster(folder, () => {}).catch(() => undefined)
    if (left) await breakPostmaster(folder, left.pid)
    rmSync(parent, { recursive: true, force: true, maxRetries: 20 })
  })
  return dataDir
}

export async function startHere(dataDir: string, options: Partial<EmbeddedOptions> = {}) {
  const said: string[] = []
  const postgres = await startEmbeddedPostgres({ dataDir, say: (line) => said.push(line), ...options })
  onTestFinished(() => postgres.stop())
  return Object.assign(postgres, { said })
}

export function startAnother(dataDir: string, account: { uid?: number; gid?: number } = {}): OtherFairway {
  const face = new URL('embedded.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, '--', face, dataDir], {
    ...account,
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, as a shell makes it: a negative pid signals all that is in it.
    detached: true,
  })
  const ended = once(child, 'close')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  onTestFinished(() => end('SIGKILL'))
  const said: string[] = []
  const lines = createInterface({ input: child.stdout })
  const answer = new Promise<Line>((resolve, reject) => {
    lines.on('line', (text) => {
      const line: Line = JSON.parse(text)
      if (line.said === undefined) resolve(line)
      else said.push(line.said)
    })
    void ended.then(() => reject(new Error('The other Fairway ended without an answer')))
  })
  answer.catch(() => {})
  return { pid: child.pid!, answer, said, end } // spawned: the program is the Node that runs this
}

export async function query(connectionString: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

export async function isListening(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
