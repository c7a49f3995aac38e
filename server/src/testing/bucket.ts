// A bucket for stories: a server that speaks S3 (s3rver, which checks no signatures), behind a line that the test cuts.
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import type { S3Place } from '#platform/storage-url'

interface S3Server {
  run(): Promise<AddressInfo>
  close(): Promise<void>
}
// It has no types.
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3Server

const BUCKET = 'fairway'
const PREFIX = 'story/'

/** What the line does: lets through, refuses whoever calls, answers nothing, or lets through this many bytes of answers and then nothing. */
export type Line = 'open' | 'cut' | 'silent' | { bytes: number }

export async function aBucket() {
  // The usual chain of the SDK begins here.
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER'
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER'
  const directory = await mkdtemp(join(tmpdir(), 'fairway-bucket-'))
  const options = { port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: BUCKET }] }
  const server = new S3rver(options)
  const { port } = await server.run()
  const line = await aLine(port)
  const pathOf = (sha256: string, prefix = PREFIX) =>
    join(directory, BUCKET, `${prefix}sha256/${sha256.slice(0, 2)}/${sha256}._S3rver_object`)
  const place: S3Place = {
    bucket: BUCKET,
    prefix: PREFIX,
    endpoint: `http://127.0.0.1:${line.port}`,
    forcePathStyle: true,
  }

  return {
    place,
    set: line.set,
    /** As URL for FAIRWAY_STORAGE_URL, with another prefix if wanted. */
    url: (prefix = PREFIX) => `s3://${BUCKET}/${prefix}?endpoint=${place.endpoint}&forcePathStyle=true`,
    countConnections: line.count,
    /** Looks at the disk of the server, so that nothing of ours is believed. */
    holds: (sha256: string, prefix?: string) => existsSync(pathOf(sha256, prefix)),
    lose: (sha256: string) => rm(pathOf(sha256)),
    names: () =>
      readdirSync(join(directory, BUCKET), { recursive: true, encoding: 'utf8' }).map((name) =>
        basename(name, '._S3rver_object'),
      ),
    async close() {
      line.close()
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function aLine(target: number) {
  let now: Line = 'open'
  const sockets = new Set<Socket>()
  const endAll = () => sockets.forEach((socket) => socket.destroy())
  const server = createServer((caller) => {
    const callee = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      sockets.add(socket)
      // What was written before the end still arrives.
      socket
        .on('error', () => other.destroy())
        .on('close', () => {
          sockets.delete(socket)
          other.end()
        })
    }
    if (now === 'cut') return caller.destroy()
    caller.pipe(through(() => (now === 'silent' ? 0 : Infinity))).pipe(callee)
    callee.pipe(through((length) => allow(length))).pipe(caller)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const allow = (length: number) => {
    if (typeof now !== 'object') return now === 'silent' ? 0 : length
    const allowed = Math.min(length, now.bytes)
    now.bytes -= allowed
    return allowed
  }

  return {
    port: (server.address() as AddressInfo).port,
    count: () => sockets.size,
    set(line: Line) {
      now = line
      if (line === 'cut') endAll()
    },
    close() {
      server.close()
      endAll()
    },
  }
}

/** Passes on only as much of each piece as is allowed. */
function through(allow: (length: number) => number) {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, chunk.subarray(0, allow(chunk.length))),
  })
}
