// Archives that must be unpacked, and archives that were made to do harm.
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { crc32 } from 'node:zlib'
import type { ArtifactKind } from '@fairway/trust'
import { pack, type Header } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StepFailure } from './agent-error.ts'
import { bytesOf } from './testing/software.ts'
import { unpackArtifact } from './unpack.ts'
import { defaultLimits, type Limits } from './unpack-limits.ts'

type Entry = Partial<Header> & { name: string; content?: Buffer | string }

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fairway-unpack-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function aTar(entries: Entry[]) {
  const tar = pack()
  for (const { content = '', ...header } of entries) tar.entry(header, content)
  tar.finalize()
  return bytesOf(tar)
}

interface ZipEntry {
  name: string
  content?: string
  mode?: number
  flags?: number
  method?: number
  claimedSize?: number
}

// A zip by hand (APPNOTE 4.3): libraries refuse to write the bad ones.
function aZip(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content = '', mode = 0, flags = 0x800, method = 8, claimedSize } of entries) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(claimedSize ?? Buffer.byteLength(content), 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end])
}

async function unpack(kind: ArtifactKind, bytes: Buffer, limits: Limits = defaultLimits) {
  const file = join(dir, 'artifact')
  await writeFile(file, bytes)
  await unpackArtifact({ file, kind, name: 'till', folder: join(dir, 'out'), limits })
}

async function expectRefused(kind: ArtifactKind, bytes: Buffer, limits?: Limits) {
  const error = await unpack(kind, bytes, limits).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StepFailure)
  expect(error).toMatchObject({ code: 'archive_refused', lasting: true })
  expect(await readdir(dir)).not.toContain('out')
  return String(error)
}

describe('what is unpacked', () => {
  const entries: Entry[] = [
    { name: './', type: 'directory' },
    { name: './bin/', type: 'directory', mode: 0o777 },
    { name: './bin/till', mode: 0o4755, content: 'run' },
    { name: 'share/deep/er/text', mode: 0o666, content: 'words' },
    { name: 'Share', mode: 0o600, content: 'differs only in case' },
    { name: `${'long/'.repeat(40)}end`, content: 'x' },
    { name: 'ümläut', content: 'x' },
    { name: 'empty' },
  ]
  test.each([
    ['tar.gz', async () => gzipSync(await aTar(entries))],
    ['tar.zst', async () => zstdCompressSync(await aTar(entries))],
  ] as const)('%s: files, folders, modes without what is dangerous', async (kind, make) => {
    await unpack(kind, await make())

    expect(await readFile(join(dir, 'out/bin/till'), 'utf8')).toBe('run')
    expect(await readFile(join(dir, 'out/share/deep/er/text'), 'utf8')).toBe('words')
    expect((await stat(join(dir, 'out/bin/till'))).mode & 0o7777).toBe(0o755)
    expect((await stat(join(dir, 'out/bin'))).mode & 0o7777).toBe(0o755)
    expect((await stat(join(dir, 'out/share/deep/er/text'))).mode & 0o7777).toBe(0o644)
    expect((await readdir(join(dir, 'out'))).sort()).toEqual(['Share', 'bin', 'empty', 'long', 'share', 'ümläut'].sort())
  })

  test('zip: files, folders, modes', async () => {
    await unpack(
      'zip',
      aZip([
        { name: 'bin/', mode: 0o040755 },
        { name: 'bin/till', mode: 0o104755, content: 'run' },
        { name: 'plain', method: 0, content: 'stored' },
      ]),
    )

    expect(await readFile(join(dir, 'out/bin/till'), 'utf8')).toBe('run')
    expect((await stat(join(dir, 'out/bin/till'))).mode & 0o7777).toBe(0o755)
    expect(await readFile(join(dir, 'out/plain'), 'utf8')).toBe('stored')
  })

  test('opaque: the file itself, and it may be run', async () => {
    await unpack('opaque', Buffer.from('#!/bin/sh\n'))

    expect(await readdir(join(dir, 'out'))).toEqual(['till'])
    expect((await stat(join(dir, 'out/till'))).mode & 0o7777).toBe(0o755)
  })

  test('a half-made folder of an earlier try does no harm', async () => {
    await unpackArtifact({ file: await aFile('old'), kind: 'opaque', name: 'old', folder: join(dir, 'out.unpacking') })
    await unpack('opaque', Buffer.from('new'))

    expect(await readdir(join(dir, 'out'))).toEqual(['till'])
  })

  async function aFile(content: string) {
    await writeFile(join(dir, 'other'), content)
    return join(dir, 'other')
  }
})

describe('a tar that is refused', () => {
  const cases: [string, Entry[], string][] = [
    ['traversal', [{ name: '../out-of-here', content: 'x' }], 'not a plain path'],
    ['traversal in the middle', [{ name: 'a/../../b', content: 'x' }], 'not a plain path'],
    ['a dot in the middle', [{ name: 'a/./b', content: 'x' }], 'not a plain path'],
    ['an empty part', [{ name: 'a//b', content: 'x' }], 'not a plain path'],
    ['absolute', [{ name: '/etc/cron.d/x', content: 'x' }], 'absolute'],
    ['the root', [{ name: '/', type: 'directory' }], 'absolute'],
    ['hidden absolute', [{ name: './/etc/x', content: 'x' }], 'absolute'],
    ['backslash', [{ name: '..\\x', content: 'x' }], 'backslash'],
    ['control character', [{ name: 'a\nb', content: 'x' }], 'control character'],
    ['symlink', [{ name: 'a', type: 'symlink', linkname: '/etc' }], 'symlink'],
    [
      'symlink, then a file through it',
      [
        { name: 'a', type: 'symlink', linkname: '..' },
        { name: 'a/x', content: 'x' },
      ],
      'symlink',
    ],
    ['hard link', [{ name: 'a', type: 'link', linkname: '/etc/passwd' }], 'link'],
    ['character device', [{ name: 'a', type: 'character-device', devmajor: 1, devminor: 3 }], 'character-device'],
    ['block device', [{ name: 'a', type: 'block-device' }], 'block-device'],
    ['pipe', [{ name: 'a', type: 'fifo' }], 'fifo'],
    [
      'twice',
      [
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ],
      'twice',
    ],
    [
      'twice in disguise',
      [
        { name: 'a', content: '1' },
        { name: './a', content: '2' },
      ],
      'twice',
    ],
    [
      'a file as a folder',
      [
        { name: 'a', content: '1' },
        { name: 'a/b', content: '2' },
      ],
      'both a file and a folder',
    ],
    [
      'a folder as a file',
      [
        { name: 'a/b', content: '1' },
        { name: 'a', content: '2' },
      ],
      'both a file and a folder',
    ],
    ['a long part', [{ name: 'a'.repeat(256), content: 'x' }], 'too long'],
    ['a long path', [{ name: 'abc/'.repeat(300), type: 'directory' }], 'too long'],
  ]
  test.each(cases)('%s', async (_name, entries, words) => {
    expect(await expectRefused('tar.gz', gzipSync(await aTar(entries)))).toContain(words)
    expect(await readdir(join(dir, '..'))).not.toContain('out-of-here')
  })

  test('a bomb by ratio, before it fills the disk', async () => {
    const zeros = await aTar([{ name: 'a', content: Buffer.alloc(40 * 1024 * 1024) }])

    expect(await expectRefused('tar.gz', gzipSync(zeros))).toContain('200 times its size')
    expect(await expectRefused('tar.zst', zstdCompressSync(zeros))).toContain('200 times its size')
  })

  test('too many entries, and too many bytes', async () => {
    const tar = gzipSync(await aTar(Array.from({ length: 6 }, (_, n) => ({ name: `f${n}`, content: 'x' }))))

    expect(await expectRefused('tar.gz', tar, { ...defaultLimits, entries: 5 })).toContain('more than 5 entries')
    expect(await expectRefused('tar.gz', tar, { ...defaultLimits, bytes: 3000 })).toContain('more than 3000 bytes')
  })

  test.each<[string, ArtifactKind, () => Promise<Buffer>]>([
    ['cut gzip', 'tar.gz', async () => gzipSync(await aTar([{ name: 'a', content: Buffer.alloc(9000, 'x') }])).subarray(0, -20)],
    [
      'cut zstd',
      'tar.zst',
      async () => zstdCompressSync(await aTar([{ name: 'a', content: Buffer.alloc(9000, 'x') }])).subarray(0, -8),
    ],
    [
      'cut tar',
      'tar.gz',
      async () => gzipSync((await aTar([{ name: 'a', content: Buffer.alloc(9000, 'x') }])).subarray(0, 3000)),
    ],
    ['no tar at all', 'tar.gz', async () => gzipSync(Buffer.alloc(2048, 'x'))],
    ['no gzip at all', 'tar.gz', async () => Buffer.from('hello')],
    ['a zip that is called tar.gz', 'tar.gz', async () => aZip([{ name: 'a', content: 'x' }])],
    ['gzip that is called zst', 'tar.zst', async () => gzipSync(await aTar([{ name: 'a', content: 'x' }]))],
    ['nothing', 'tar.gz', async () => Buffer.alloc(0)],
  ])('%s', async (_name, kind, make) => {
    await expectRefused(kind, await make())
  })
})

describe('a zip that is refused', () => {
  test.each<[string, ZipEntry[]]>([
    ['traversal', [{ name: '../x', content: 'x' }]],
    ['absolute', [{ name: '/x', content: 'x' }]],
    ['drive', [{ name: 'C:/x', content: 'x' }]],
    ['backslash', [{ name: 'a\\x', content: 'x' }]],
    ['symlink', [{ name: 'a', mode: 0o120777, content: '/etc' }]],
    ['device', [{ name: 'a', mode: 0o020666 }]],
    [
      'twice',
      [
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ],
    ],
    ['encrypted', [{ name: 'a', content: '1', flags: 0x801 }]],
    ['another compression', [{ name: 'a', content: '1', method: 99 }]],
    ['more bytes than it says', [{ name: 'a', content: 'x'.repeat(5000), claimedSize: 10 }]],
    ['a bomb by ratio', [{ name: 'a', content: '0'.repeat(40 * 1024 * 1024) }]],
  ])('%s', async (_name, entries) => {
    await expectRefused('zip', aZip(entries))
  })

  test.each<[string, () => Buffer]>([
    ['cut', () => aZip([{ name: 'a', content: 'x'.repeat(5000) }]).subarray(0, -10)],
    ['damaged data', () => damage(aZip([{ name: 'a', content: 'x'.repeat(5000) }]), 31)],
    ['no zip', () => Buffer.from('hello')],
    ['a gzip that is called zip', () => gzipSync('x')],
  ])('%s', async (_name, make) => {
    await expectRefused('zip', make())
  })

  function damage(bytes: Buffer, at: number) {
    const damaged = Buffer.from(bytes)
    damaged.fill(0xff, at, at + 6)
    return damaged
  }
})

test('a folder that cannot be written is the disk’s fault and not the archive’s', async () => {
  const file = join(dir, 'artifact')
  await writeFile(file, gzipSync(await aTar([{ name: 'a', content: 'x' }])))
  await chmod(dir, 0o755)

  await expect(unpackArtifact({ file, kind: 'tar.gz', name: 'x', folder: join(file, 'out') })).rejects.toMatchObject({
    code: 'ENOTDIR',
  })
})
