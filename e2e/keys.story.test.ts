// fairway keys, with real processes: from a key on this machine to a channel that nobody can sign for without it; and that no private part is ever seen.
import { spawn, spawnSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tufKeyOf } from '@fairway/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../server/src/platform/ids.ts'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aStaff } from '../server/src/testing/people.ts'
import { aProduct, aRelease, aRollout } from '../server/src/testing/releases.ts'

const MAIN = join(import.meta.dirname, '../cli/src/main.ts')
const PASSPHRASE = 'seven wet otters in a teapot'

let fairway: TestFairway
let vendor: Record<string, string>
let server: string
let token: string
let folder: string
/** Everything that any process said. */
let said = ''
beforeAll(async () => {
  fairway = await openFairway()
  await fairway.http.listen({ port: 0, host: '127.0.0.1' })
  server = `http://127.0.0.1:${(fairway.http.server.address() as AddressInfo).port}`
  const administrator = await aStaff(fairway, ['administrator'])
  vendor = administrator.headers
  token = administrator.token
  folder = await mkdtemp(join(tmpdir(), 'fairway-keys-'))
})
afterAll(async () => {
  await fairway?.close()
  await rm(folder, { recursive: true, force: true })
})

let product: string
beforeEach(async () => {
  product = newId('p').replace('_', '-')
  await aProduct(fairway, vendor, { id: product })
})

interface Surroundings {
  env?: Record<string, string>
  stdin?: string
}

async function cli(args: string[], { env = {}, stdin = '' }: Surroundings = {}) {
  const surroundings = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    FAIRWAY_SERVER: server,
    FAIRWAY_TOKEN: token,
    FAIRWAY_KEY_PASSPHRASE: PASSPHRASE,
    ...env,
  }
  const child = spawn(process.execPath, [MAIN, ...args], { env: surroundings, cwd: folder })
  child.stdin.end(stdin)
  const out = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => (out[name] += chunk.toString()))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  said += out.stdout + out.stderr
  return { code, ...out }
}

async function json<Value>(...args: string[]): Promise<Value> {
  const { code, stdout, stderr } = await cli([...args, '--json', '--quiet'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Value
}

interface MadeKey {
  keyid: string
  publicKey: string
  file: string
  publicFile: string
}
interface ShownRole {
  role: string
  threshold: number
  document: { version: number } | null
  waiting: { version: number; missing: number } | null
}

const made: string[] = []
async function aKey() {
  const key = await json<MadeKey>('keys', 'create', '--out', join(folder, newId('key')))
  made.push(key.file)
  return key
}
const roleOf = async (role: string) =>
  (await json<{ roles: ShownRole[] }>('keys', 'show', product)).roles.find((one) => one.role === role)

/** What must never be seen of a key: its DER in base64url and base64, and its seed in hex. */
async function privatePartsOf(file: string) {
  const key = createPrivateKey({ key: await readFile(file, 'utf8'), passphrase: PASSPHRASE })
  const der = key.export({ type: 'pkcs8', format: 'der' })
  return [
    der.toString('base64url'),
    der.toString('base64'),
    der.subarray(-32).toString('hex'),
    der.subarray(-32).toString('base64url'),
  ]
}

describe('a key', () => {
  test('is made encrypted, for its owner alone, and is never overwritten', async () => {
    const key = await aKey()

    expect((await stat(key.file)).mode & 0o777).toBe(0o600)
    expect(await readFile(key.file, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/)
    expect((await readFile(key.publicFile, 'utf8')).trim()).toBe(key.publicKey)
    expect(tufKeyOf(key.publicKey).keyid).toBe(key.keyid)
    const before = await readFile(key.file)
    expect(await cli(['keys', 'create', '--out', key.file])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('is there already'),
    })
    expect(await readFile(key.file)).toEqual(before)
  })

  test('can be opened by openssl, by whoever knows the passphrase', async () => {
    const { file } = await aKey()

    const opened = spawnSync('openssl', ['pkey', '-in', file, '-passin', 'env:PASS', '-noout'], {
      env: { ...process.env, PASS: PASSPHRASE },
    })
    const wrong = spawnSync('openssl', ['pkey', '-in', file, '-passin', 'env:PASS', '-noout'], {
      env: { ...process.env, PASS: 'guessed' },
    })

    expect([opened.status, wrong.status === 0]).toEqual([0, false])
  })

  test.each([
    ['no passphrase and nobody to ask', { FAIRWAY_KEY_PASSPHRASE: '' }, 'nobody to ask'],
    ['a short passphrase', { FAIRWAY_KEY_PASSPHRASE: 'otters' }, '12 characters'],
  ])('needs a passphrase: %s', async (_title, env, words) => {
    const file = join(folder, newId('key'))

    expect(await cli(['keys', 'create', '--out', file], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(words),
    })
    await expect(stat(file)).rejects.toThrow()
  })

  test.skipIf(spawnSync('script', ['--version']).status !== 0)(
    'asks for its passphrase in a terminal, twice, and does not show it',
    async () => {
      const file = join(folder, newId('key'))

      const child = spawn('script', ['-qec', `${process.execPath} ${MAIN} keys create --out ${file}`, '/dev/null'], {
        env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'dumb' },
      })
      let shown = ''
      const answer = (question: string) =>
        expect
          .poll(() => shown, { timeout: 20_000 })
          .toContain(question)
          .then(() => void child.stdin.write(`${PASSPHRASE}\r`))
      child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
      await answer('Passphrase for')
      await answer('The same again')
      const code = await new Promise((done) => child.once('close', done))

      expect({ code, shown }).toEqual({ code: 0, shown: expect.stringContaining('The private part is in') })
      expect(shown).not.toContain(PASSPHRASE)
      expect((await privatePartsOf(file)).filter((part) => shown.includes(part))).toEqual([])
    },
  )
})

describe('a channel', () => {
  test('is taken offline, and from then on nothing goes out without its key', async () => {
    const key = await aKey()
    const rotated = await cli(['keys', 'rotate', product, 'channel-stable', '--add', key.publicFile, '--replace'])
    expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining('waits for 1 signature') })

    const signed = await cli(['keys', 'sign', product, '--key', key.file, '--yes'])

    expect(signed).toMatchObject({ code: 0, stdout: expect.stringContaining('Signed: channel-stable 2') })
    expect(signed.stderr).toContain(`${product}, channel-stable 2:`)
    const release = await aRelease(fairway, vendor, { productId: product, version: '1.0.0' })
    await aRollout(fairway, vendor, { releaseId: release.id })
    expect(await roleOf('channel-stable')).toMatchObject({ document: { version: 2 }, waiting: { version: 3, missing: 1 } })
    const shown = await cli(['keys', 'sign', product, 'channel-stable', '--key', key.file, '--yes'])
    expect(shown.stderr).toContain(
      `stable/1.0.0/${release.artifacts[0]?.name} is added: ${release.content.length} bytes, sha256 ${release.artifacts[0]?.sha256}.`,
    )
    expect(await roleOf('channel-stable')).toMatchObject({ document: { version: 3 }, waiting: null })
    expect(await cli(['keys', 'sign', product, '--key', key.file, '--yes'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing waits'),
    })
  })

  test('is signed on a machine without network, and carried', async () => {
    const key = await aKey()
    await json('keys', 'rotate', product, 'channel-stable', '--add', key.publicFile, '--replace')
    const [document, signature] = [join(folder, newId('doc')), join(folder, newId('sig'))]

    await json('keys', 'export', product, 'channel-stable', '--out', document)
    const nowhere = { FAIRWAY_SERVER: '', FAIRWAY_TOKEN: '' }
    const there = await cli(['keys', 'sign-file', document, '--key', key.file, '--out', signature, '--yes'], { env: nowhere })
    expect(there).toMatchObject({ code: 0, stderr: expect.stringContaining('channel-stable 2:') })
    await json('keys', 'import', product, signature)

    expect(await roleOf('channel-stable')).toMatchObject({ document: { version: 2 }, waiting: null })
    // Carried twice is no harm.
    await json('keys', 'import', product, signature)
    expect(await cli(['keys', 'import', 'another', signature])).toMatchObject({ code: 2 })
  })

  test('is not signed where the bytes are not those of what is shown', async () => {
    const key = await aKey()
    await json('keys', 'rotate', product, 'channel-stable', '--add', key.publicFile, '--replace')
    const [document, signature] = [join(folder, newId('doc')), join(folder, newId('sig'))]
    await json('keys', 'export', product, 'channel-stable', '--out', document)
    const written = JSON.parse(await readFile(document, 'utf8')) as { document: { expires: string }; version: number }
    written.document.expires = '2099-01-01T00:00:00Z'
    await writeFile(document, JSON.stringify(written))

    const refused = await cli(['keys', 'sign-file', document, '--key', key.file, '--out', signature, '--yes'])

    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('Nothing was signed') })
    await expect(stat(signature)).rejects.toThrow()
  })

  test('keeps its keys when the change is taken back', async () => {
    const key = await aKey()
    await json('keys', 'rotate', product, 'channel-stable', '--add', key.publicFile, '--replace')

    expect(await cli(['keys', 'undo', product, 'channel-stable'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing waits'),
    })
    expect(await roleOf('channel-stable')).toMatchObject({ waiting: null })
  })
})

test('an online key is replaced in one command, and a wrong wish says what is right', async () => {
  const before = await roleOf('timestamp')

  await json('keys', 'rotate', product, 'timestamp', '--fresh')

  expect((await roleOf('timestamp'))?.document?.version).toBeGreaterThan(before?.document?.version ?? 0)
  expect(await cli(['keys', 'rotate', product, 'root', '--threshold', '3'])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('Set a threshold'),
  })
  expect(await cli(['keys', 'rotate', product, 'root'])).toMatchObject({ code: 2 })
})

test('nothing is signed where nobody can be asked, or with a wrong passphrase, or with a file that is no key', async () => {
  const key = await aKey()
  await json('keys', 'rotate', product, 'channel-stable', '--add', key.publicFile, '--replace')
  const sign = (file: string, env = {}) => cli(['keys', 'sign', product, '--key', file], { env })

  expect(await sign(key.file)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
  expect(await sign(key.file, { FAIRWAY_KEY_PASSPHRASE: 'not the right otters' })).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('cannot be opened'),
  })
  expect(await sign(key.publicFile)).toMatchObject({ code: 5, stderr: expect.stringContaining('no encrypted private key') })
  expect(await cli(['keys', 'rotate', product, 'root', '--add', key.file])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no public key'),
  })
  expect(await roleOf('channel-stable')).toMatchObject({ document: { version: 1 } })
})

// Last: it looks at all that was said above.
test('no private part and no passphrase was ever shown', async () => {
  const { keyid, file } = await aKey()
  await cli(['keys', 'sign', product, '--key', file, '--yes', '--json'])
  await cli(['keys', 'sign', product, '--key', file, '--yes'], { env: { FAIRWAY_SERVER: 'http://127.0.0.1:9' } })
  const { items } = {
    items: (await fairway.db.selectFrom('platform.event').selectAll().execute()).map((row) => JSON.stringify(row)),
  }

  const seen = `${said}\n${items.join('\n')}`
  expect(seen).toContain(keyid)
  expect(seen).not.toContain(PASSPHRASE)
  expect(seen).not.toContain('PRIVATE KEY')
  expect(made.length).toBeGreaterThan(5)
  for (const one of made) for (const part of await privatePartsOf(one)) expect(seen.includes(part), one).toBe(false)
})
