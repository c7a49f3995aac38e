// A patch that comes late is given up, and whatever comes is never believed beyond what was signed.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openAnswer } from './ask-server.ts'
import { fetchPatched, whyNotPatch, type PatchLimits } from './patch.ts'
import type { Session } from './session.ts'

const old = randomBytes(50_000)
const fresh = Buffer.concat([randomBytes(20_000), old])
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const good = Buffer.concat([Buffer.from(`5e2a4d1820000000${digest(old)}`, 'hex'), zstdCompressSync(fresh, { dictionary: old })])

async function fetchFrom(send: (response: ServerResponse) => void, limits?: PatchLimits) {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-patch-'))
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'dcz' })
    send(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const session: Session = {
    post: () => Promise.reject(new Error('not asked here')),
    open: (path, headers, signal) => openAnswer(new URL(path, origin), { method: 'GET', headers, signal }),
  }
  await writeFile(join(folder, 'old'), old)
  let bytes = 0
  const file = join(folder, 'new')
  const fetched = fetchPatched(session, {
    url: '/artifact',
    dictionary: { file: join(folder, 'old'), sha256: digest(old), size: old.length },
    target: { sha256: digest(fresh), size: fresh.length },
    file,
    maxBytes: fresh.length,
    signal: new AbortController().signal,
    onBytes: (more) => (bytes += more),
    ...(limits && { limits }),
  })
  return { fetched, file, bytes: () => bytes }
}

test('a patch that comes in small pieces is put together, and counted', async () => {
  const { fetched, file, bytes } = await fetchFrom((response) => {
    for (let at = 0; at < good.length; at += 7) response.write(good.subarray(at, at + 7))
    response.end()
  })

  await fetched

  expect((await readFile(file)).equals(fresh)).toBe(true)
  expect(bytes()).toBe(good.length)
})

describe('is given up', () => {
  test('when no byte comes for a while', async () => {
    const { fetched } = await fetchFrom((response) => response.write(good.subarray(0, 60)), { stallMs: 50, totalMs: 60_000 })

    await expect(fetched).rejects.toThrow()
  })

  test('when it only drips', async () => {
    const { fetched } = await fetchFrom(
      (response) => {
        let at = 0
        const timer = setInterval(() => response.write(good.subarray(at, ++at)), 10)
        response.on('close', () => clearInterval(timer))
      },
      { stallMs: 60_000, totalMs: 200 },
    )

    await expect(fetched).rejects.toThrow()
  })

  test('when it never ends', async () => {
    const { fetched, bytes } = await fetchFrom((response) => {
      response.write(good.subarray(0, 40))
      // A block that is not compressed, of 100,000 bytes, again and again.
      const frame = zstdCompressSync(randomBytes(100_000))
      const more = () => response.write(frame) && setImmediate(more)
      response.on('drain', more)
      more()
    })

    await expect(fetched).rejects.toThrow()
    expect(bytes()).toBeLessThan(fresh.length + 1_000_000)
  })
})

test.each([
  [256 * 2 ** 20, 512 * 2 ** 20, 2 ** 31, undefined],
  [256 * 2 ** 20 + 1, 1, 2 ** 31, 'the contents are too large'],
  [1, 512 * 2 ** 20 + 1, 2 ** 31, 'the contents are too large'],
  [100, 100, 299, 'there is too little memory'],
  [100, 100, 300, undefined],
])('from %i to %i bytes with %i free: %s', (...[dictionary, target, available, reason]) => {
  expect(whyNotPatch({ sha256: '', size: dictionary }, { sha256: '', size: target }, available)).toBe(reason)
})
