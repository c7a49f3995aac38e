// The story of the CLI: real processes against a whole Fairway, over a line that can be narrowed and cut.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { anInstallation } from '../server/src/testing/installations.ts'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aMember, anOrganisation, aStaff } from '../server/src/testing/people.ts'
import { createValve, type Valve } from './valve.ts'

const MAIN = join(import.meta.dirname, '../cli/src/main.ts')
const MEGABYTE = 1_048_576

let fairway: TestFairway
let valve: Valve
let folder: string
let token: string

beforeAll(async () => {
  fairway = await openFairway()
  await fairway.http.listen({ port: 0, host: '127.0.0.1' })
  valve = await createValve((fairway.http.server.address() as AddressInfo).port)
  folder = await mkdtemp(join(tmpdir(), 'fairway-cli-'))
  token = (await aStaff(fairway, ['administrator'])).token
})

afterAll(async () => {
  await valve?.close()
  await fairway?.close()
  await rm(folder, { recursive: true, force: true })
})

afterEach(() => valve.open())

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts the real program; FAIRWAY_SERVER and FAIRWAY_TOKEN are set unless `env` says otherwise. */
function start(args: string[], { env = {}, stdin = '' }: { env?: Record<string, string>; stdin?: string } = {}) {
  const surroundings = { PATH: process.env.PATH ?? '', HOME: folder, FAIRWAY_SERVER: valve.url, FAIRWAY_TOKEN: token, ...env }
  const child = spawn(process.execPath, [MAIN, ...args], { env: surroundings, cwd: folder })
  child.stdin.end(stdin)
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => (said[name] += chunk.toString()))
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, ...said })))
  return { child, said, ended }
}

async function cli(...args: string[]) {
  const ended = await start(args).ended
  expect(`${ended.stdout}${ended.stderr}`).not.toContain(token)
  return ended
}

/** The document on stdout; the code first, since a failure says why on stderr. */
async function json<Value>(...args: string[]): Promise<Value> {
  const { code, stdout, stderr } = await cli(...args, '--json')
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Value
}

async function aFile(name: string, megabytes: number) {
  const path = join(folder, name)
  await writeFile(path, randomBytes(megabytes * MEGABYTE))
  return path
}

/** With the channels that every product begins with, stable and beta. */
function aProduct(id: string) {
  return json('product', 'create', id, '--name', id)
}

interface Release {
  id: string
  state: string
  fixes: string[]
  artifacts: { name: string; sha256: string; size: number }[]
}

interface Published {
  release: Release
  uploaded: string[]
  skipped: string[]
  alreadyPublished: boolean
  rollout: { id: string; state: string } | null
}

describe('signing in', () => {
  test('keeps the token where nobody else can read it, and forgets it again', async () => {
    const home = await mkdtemp(join(folder, 'home-'))
    const env = { XDG_CONFIG_HOME: home, FAIRWAY_SERVER: '', FAIRWAY_TOKEN: '' }
    const file = join(home, 'fairway/config.json')

    const login = await start(['login', valve.url], { env, stdin: `${token}\n` }).ended
    const { mode } = await stat(file)
    const known = await start(['whoami', '--json'], { env }).ended
    const logout = await start(['logout'], { env }).ended
    const unknown = await start(['whoami'], { env }).ended

    expect(login).toMatchObject({ code: 0, stdout: expect.stringContaining(`You are signed in at ${valve.url}`) })
    expect(login.stdout + login.stderr).not.toContain(token)
    expect(mode & 0o777).toBe(0o600)
    expect(JSON.parse(known.stdout)).toMatchObject({ server: valve.url, kind: 'staff', credential: 'token' })
    expect(logout.code).toBe(0)
    expect(unknown).toMatchObject({ code: 3, stderr: expect.stringContaining('fairway login SERVER') })
  })

  test('keeps nothing when the server does not know the token, and says so without showing it', async () => {
    const home = await mkdtemp(join(folder, 'home-'))
    const wrong = `${token.slice(0, -4)}AAAA`

    const { code, stdout, stderr } = await start(['login', valve.url, '--token', wrong], { env: { XDG_CONFIG_HOME: home } }).ended

    expect(code).toBe(3)
    expect(stdout + stderr).not.toContain(wrong)
    await expect(readdir(home)).resolves.toEqual([])
  })
})

describe('publishing', () => {
  test('publishes a file of some megabytes in one command, and says so when it is repeated', async () => {
    await aProduct('till')
    const file = await aFile('till-1.0.0-linux-x64.tar.gz', 3)
    const command = [
      'release',
      'publish',
      '--product',
      'till',
      '--version',
      '1.0.0',
      '--file',
      `linux/x64=${file}`,
      '--notes',
      'First.',
    ]

    const first = await json<Published>(...command)
    const passed = valve.passed()
    const again = await json<Published>(...command)
    const list = await json<{ items: Release[]; next: null }>('release', 'list', '--product', 'till')

    expect(first).toMatchObject({ alreadyPublished: false, uploaded: ['till-1.0.0-linux-x64.tar.gz'], skipped: [] })
    expect(first.release).toMatchObject({ state: 'published', notes: 'First.', artifacts: [{ size: 3 * MEGABYTE }] })
    expect(again).toMatchObject({ alreadyPublished: true, uploaded: [], release: { id: first.release.id } })
    expect(valve.passed() - passed).toBeLessThan(MEGABYTE / 10)
    expect(list.items).toHaveLength(1)
  })

  test('refuses another build under a published version', async () => {
    const file = await aFile('till-other.tar.gz', 1)

    const { code, stdout, stderr } = await cli(
      'release',
      'publish',
      '--product',
      'till',
      '--version',
      '1.0.0',
      '--file',
      `linux/x64=${file}`,
      '--json',
    )

    expect(code).toBe(5)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'release.published_otherwise', exitCode: 5 } })
    expect(stderr).toContain('Give the new build a new version.')
  })

  test('goes on where it was after kill -9 in the middle of an upload', async () => {
    await aProduct('kiosk')
    const file = await aFile('kiosk-1.0.0.tar.gz', 12)
    const command = ['release', 'publish', '--product', 'kiosk', '--version', '1.0.0', '--file', `any/any=${file}`]
    const before = valve.passed()

    valve.stopAfter(8 * MEGABYTE)
    const broken = start(command)
    await vi.waitFor(async () => expect(await sizeOfUploads()).toBeGreaterThan(6 * MEGABYTE), { timeout: 20_000 })
    broken.child.kill('SIGKILL')
    await broken.ended
    const inFirst = valve.passed() - before
    valve.open()
    const second = await json<Published>(...command)

    expect(inFirst).toBeLessThan(11 * MEGABYTE)
    expect(second).toMatchObject({
      uploaded: ['kiosk-1.0.0.tar.gz'],
      release: { state: 'published', artifacts: [{ size: 12 * MEGABYTE }] },
    })
    // Only what was missing travelled again.
    expect(valve.passed() - before - inFirst).toBeLessThan(7 * MEGABYTE)
    await expect(readdir(join(folder, '.local/state/fairway/uploads'))).resolves.toEqual([])
  })

  test('takes a draft over that another job left half done, and replaces a file only when told to', async () => {
    await aProduct('scale')
    const [x64, arm, other] = [
      await aFile('scale-x64.zip', 1),
      await aFile('scale-arm64.zip', 1),
      await aFile('scale-x64-b.zip', 1),
    ]
    const where = ['--product', 'scale', '--version', '1.0.0']

    await json('release', 'draft', ...where, '--file', `linux/x64=${x64}`)
    const differing = await cli('release', 'publish', ...where, '--file', `linux/x64=${other}`)
    const whole = await json<Published>(
      'release',
      'publish',
      ...where,
      '--file',
      `linux/x64=${other}`,
      '--file',
      `linux/arm64=${arm}`,
      '--replace',
    )

    expect(differing).toMatchObject({ code: 5, stderr: expect.stringContaining('--replace') })
    expect(whole.release.artifacts.map(({ name }) => name).sort()).toEqual(['scale-arm64.zip', 'scale-x64-b.zip'])
  })
})

describe('fixes', () => {
  test('an unknown known error stops the publication before anything is there', async () => {
    await aProduct('lamp')
    const file = await aFile('lamp.bin', 1)

    const { code, stderr } = await cli(
      'release',
      'publish',
      '--product',
      'lamp',
      '--version',
      '1.0.0',
      '--file',
      `any/any=${file}`,
      '--fixes',
      'KE-999999',
    )
    const list = await json<{ items: Release[] }>('release', 'list', '--product', 'lamp')

    expect(code).toBe(4)
    expect(stderr).toContain('There is no known error KE-999999.')
    expect(list.items).toEqual([])
  })

  test('a known error of the product is written into the release; one of another product is refused', async () => {
    const file = await aFile('lamp-1.0.1.bin', 1)
    const { id } = await json<{ id: string }>(
      'known-error',
      'create',
      '--product',
      'lamp',
      '--title',
      'It flickers',
      '--affected',
      '<1.0.1',
      '--state',
      'open',
    )

    const foreign = await cli('release', 'amend', 'till@1.0.0', '--fixes', id)
    const published = await json<Published>(
      'release',
      'publish',
      '--product',
      'lamp',
      '--version',
      '1.0.1',
      '--file',
      `any/any=${file}`,
      '--fixes',
      id,
    )

    expect(foreign).toMatchObject({ code: 5, stderr: expect.stringContaining('not of till') })
    expect(published.release.fixes).toEqual([id])
  })
})

describe('rollouts', () => {
  test('starts once however often the job runs, ends with 20 when it is halted, and never starts again by itself', async () => {
    await aProduct('pump')
    const { id: organisationId } = await anOrganisation(fairway)
    await anInstallation(fairway, { organisationId, productId: 'pump' })
    const file = await aFile('pump.bin', 1)
    const command = [
      'release',
      'publish',
      '--product',
      'pump',
      '--version',
      '2.0.0',
      '--file',
      `any/any=${file}`,
      '--rollout',
      'stable',
      '--steps',
      '50:1h,100:1h',
    ]

    const first = await json<Published>(...command)
    const second = await json<Published>(...command)
    const watching = start([...command, '--watch', '--json'])
    await vi.waitFor(() => expect(watching.said.stderr).toContain('Step 1 of 2'), { timeout: 20_000 })
    const halt = await json<{ state: string }>('rollout', 'halt', 'pump/stable', '--reason', 'The pump drips.')
    const watched = await watching.ended
    const later = await cli(...command)

    expect(first.rollout).toMatchObject({ state: 'running' })
    expect(second.rollout?.id).toBe(first.rollout?.id)
    expect(halt.state).toBe('halted')
    expect(watched.code).toBe(20)
    expect(later).toMatchObject({ code: 20, stderr: expect.stringContaining('The pump drips.') })
  })

  test('is followed to its end', async () => {
    await aProduct('fan')
    const file = await aFile('fan.bin', 1)

    const what = ['--product', 'fan', '--version', '1.0.0', '--file', `any/any=${file}`]
    const how = ['--rollout', 'stable', '--steps', '100:0s', '--watch']
    const { code, stderr, stdout } = await cli('release', 'publish', ...what, ...how)

    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stdout).toContain('complete')
  })

  test('sends everybody back to the release before, and takes that back', async () => {
    const file = await aFile('fan-1.1.bin', 1)
    const what = ['--product', 'fan', '--version', '1.1.0', '--file', `any/any=${file}`]
    await cli('release', 'publish', ...what, '--rollout', 'stable', '--steps', '50:1h,100:1h')

    const silent = await cli('rollout', 'roll-back', 'fan/stable')
    const back = await json<{ rollback: { toVersion: string } }>('rollout', 'roll-back', 'fan/stable', '--reason', 'It hums.')
    const stopped = await json<{ state: string; rollback: null }>('rollout', 'roll-back', 'fan/stable', '--stop')

    expect(silent).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') })
    expect(back).toMatchObject({ state: 'halted', rollback: { toVersion: '1.0.0' } })
    expect(stopped).toMatchObject({ state: 'halted', rollback: null })
  })

  test('a channel that is not there is found out before anything is published', async () => {
    const file = await aFile('fan-2.bin', 1)

    const { code, stderr } = await cli(
      'release',
      'publish',
      '--product',
      'fan',
      '--version',
      '2.0.0',
      '--file',
      `any/any=${file}`,
      '--rollout',
      'night',
    )
    const shown = await cli('release', 'show', 'fan@2.0.0')

    expect(code).toBe(4)
    expect(stderr).toContain('fairway channel create fan night')
    expect(shown.code).toBe(4)
  })
})

describe('refusals', () => {
  test('a token that may only read publishes nothing: 3, before the upload', async () => {
    const reader = await json<{ token: string }>('token', 'create', '--name', 'reader', '--scope', 'read')
    const file = await aFile('till-3.bin', 1)
    const command = ['release', 'publish', '--product', 'till', '--version', '3.0.0', '--file', `any/any=${file}`]

    const { code, stdout, stderr } = await start(command, { env: { FAIRWAY_TOKEN: reader.token } }).ended
    const direct = await start(['product', 'create', 'x', '--name', 'x'], { env: { FAIRWAY_TOKEN: reader.token } }).ended

    expect(code).toBe(3)
    expect(stderr).toContain('lacks releases:write')
    expect(stdout + stderr).not.toContain(reader.token)
    expect(direct).toMatchObject({ code: 3, stderr: expect.stringContaining('token.scope_missing, request rq_') })
  })

  test('what the server finds wrong is told with its field, code and request', async () => {
    const { code, stderr } = await cli('product', 'create', 'No Slug', '--name', 'x')

    expect(code).toBe(5)
    expect(stderr).toMatch(/\/id/)
    expect(stderr).toMatch(/\(request\.invalid, request rq_[0-9a-z]+\)/)
  })

  test.each([
    ['no such product', ['product', 'show', 'nothing'], 4],
    ['no such command', ['prodcut'], 2],
    ['a missing file', ['release', 'publish', '--product', 'till', '--version', '9.0.0', '--file', 'any/any=gone.bin'], 2],
    ['steps without a rollout', ['release', 'publish', '--product', 'till', '--version', '9.0.0', '--steps', '100:1h'], 2],
  ])('%s', async (_title, args, wanted) => {
    const { code, stdout } = await cli(...args, '--json')

    expect(code).toBe(wanted)
    expect(JSON.parse(stdout)).toMatchObject({ error: { exitCode: wanted } })
  })

  test('a server that is not there: 6, with its address', async () => {
    const gone = await createValve(1)
    await gone.close()

    const { code, stderr } = await start(['whoami'], { env: { FAIRWAY_SERVER: gone.url } }).ended

    expect(code).toBe(6)
    expect(stderr).toContain(`We cannot reach ${gone.url}: nothing listens there.`)
  })
})

test('the daily commands do what they say', { timeout: 180_000 }, async () => {
  const { id: organisationId } = await json<{ id: string }>('organisation', 'create', 'Bakery Kern')
  await json('organisation', 'entitle', organisationId, '--product', 'till', '--channel', 'stable')
  await json('channel', 'create', 'till', 'night')
  const channels = await json<{ items: { name: string }[] }>('channel', 'list', 'till')
  const { fingerprint: key } = await json<{ fingerprint: string }>('keys', 'show', 'till')
  const enrol = await cli(
    'installation',
    'enroll',
    '--organisation',
    organisationId,
    '--product',
    'till',
    '--channel',
    'stable',
    '--name',
    'Gate 9',
  )
  const { id } = await json<{ id: string }>(
    'inquiry',
    'open',
    '--organisation',
    organisationId,
    '--title',
    'It\u001b[31m beeps',
    '--text',
    'Since Monday.',
  )
  await json('inquiry', 'note', id, '--text', 'Only for us.')
  await json('inquiry', 'answer', id, '--text', 'We look into it.')
  const error = await json<{ id: string }>(
    'known-error',
    'create',
    '--product',
    'till',
    '--title',
    'Beeps',
    '--affected',
    '<1.0.1',
  )
  await json('inquiry', 'link', id, error.id)
  const shown = await cli('inquiry', 'show', id)
  const listed = await cli('inquiry', 'list')
  await json('inquiry', 'close', id)
  const reopened = await json<{ status: string }>('inquiry', 'reopen', id)
  const member = await aMember(fairway, organisationId)
  const own = await start(['inquiry', 'show', id, '--json'], { env: { FAIRWAY_TOKEN: member.token } }).ended
  const solved = await start(['inquiry', 'close', id, '--json'], { env: { FAIRWAY_TOKEN: member.token } }).ended
  const mails = await json<{ items: unknown[] }>('mail', 'list')
  const tokens = await json<{ items: { id: string; name: string }[] }>('token', 'list')

  expect(channels.items.map(({ name }) => name)).toContain('night')
  expect(key).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(enrol.stdout).toMatch(new RegExp(`^fairway-agent enroll \\S+ fwe_\\S+ --fingerprint ${key} `))
  expect(shown.stdout).toContain('Only for us.')
  // A customer's title moves nobody's cursor.
  expect(shown.stdout + listed.stdout).not.toContain('\u001b')
  expect(listed.stdout).toContain('Bakery Kern')
  expect(reopened.status).toBe('reopened')
  expect(JSON.parse(own.stdout)).not.toHaveProperty('notes')
  expect(JSON.parse(solved.stdout)).toMatchObject({ status: 'closed' })
  expect(mails.items).toBeInstanceOf(Array)
  expect(tokens.items.map(({ name }) => name)).toContain('reader')
})

test('every page of a list can be had', async () => {
  const page = await json<{ items: unknown[]; next: string | null }>('release', 'list', '--limit', '2')
  const all = await json<{ items: { id: string }[]; next: string | null }>('release', 'list', '--limit', '2', '--all')

  expect(page.items).toHaveLength(2)
  expect(page.next).not.toBeNull()
  expect(all.next).toBeNull()
  expect(new Set(all.items.map(({ id }) => id)).size).toBe(all.items.length)
  expect(all.items.length).toBeGreaterThan(4)
})

async function sizeOfUploads() {
  const uploads = join(fairway.dataDir, 'artifacts/uploads')
  const names = (await readdir(uploads).catch(() => [])).filter((name) => !name.endsWith('.json'))
  const sizes = await Promise.all(names.map(async (name) => (await readFile(join(uploads, name))).length))
  return Math.max(0, ...sizes)
}
