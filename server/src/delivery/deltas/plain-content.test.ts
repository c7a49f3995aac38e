// What is inside of an artifact is learnt from every byte, within limits; what cannot be read is simply not known.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { ArtifactKind } from '@fairway/trust'
import { expect, onTestFinished, test } from 'vitest'
import { learnPlain } from './plain-content.ts'

const inside = randomBytes(100_000)
const sha256 = createHash('sha256').update(inside).digest('hex')
const limits = { bytes: 1_000_000, ratio: 10, ratioFromBytes: 200_000 }

async function learn(kind: ArtifactKind, bytes: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-plain-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'file'), bytes)
  return learnPlain(join(folder, 'file'), { kind, sha256: 'its own', size: bytes.length }, limits)
}

test.each<[ArtifactKind, Buffer]>([
  ['tar.gz', gzipSync(inside)],
  ['tar.zst', zstdCompressSync(inside)],
])('of %s it is what the decompressor gives', async (kind, bytes) => {
  expect(await learn(kind, bytes)).toEqual({ sha256, size: inside.length })
})

test.each<ArtifactKind>(['zip', 'opaque'])('of %s it is the file itself', async (kind) => {
  expect(await learn(kind, inside)).toEqual({ sha256: 'its own', size: inside.length })
})

test.each<[string, ArtifactKind, Buffer]>([
  ['cut off', 'tar.gz', gzipSync(inside).subarray(0, 50_000)],
  ['cut off', 'tar.zst', zstdCompressSync(inside).subarray(0, 50_000)],
  ['of another kind', 'tar.gz', inside],
  ['of another kind', 'tar.zst', gzipSync(inside)],
  ['empty', 'tar.gz', gzipSync(Buffer.alloc(0))],
  ['a bomb by ratio', 'tar.gz', gzipSync(Buffer.alloc(300_000))],
  ['a bomb by size', 'tar.zst', zstdCompressSync(Buffer.concat(Array.from({ length: 11 }, () => randomBytes(100_000))))],
])('an archive that is %s (%s) has none that is known', async (...[, kind, bytes]) => {
  expect(await learn(kind, bytes)).toBeUndefined()
})

test('a file that is gone is our trouble, and is told', async () => {
  await expect(learnPlain('/nowhere/file', { kind: 'tar.gz', sha256: '', size: 1 })).rejects.toThrow('ENOENT')
})
