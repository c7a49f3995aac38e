// What is kept for the next patch is exactly what was signed, of one version only; and nothing that goes wrong here stops anything.
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ArtifactKind } from '@fairway/trust'
import { expect, onTestFinished, test } from 'vitest'
import type { Agent } from '../agent.ts'
import { createJournal } from '../journal.ts'
import { layoutOf, makeLayout } from '../layout.ts'
import { keepPlain } from './keep-plain-step.ts'

const inside = randomBytes(10_000)
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function keep(wish: { kind: ArtifactKind; fetched?: Buffer; rebuilt?: Buffer; sha256?: string }) {
  const dir = await mkdtemp(join(tmpdir(), 'fairway-keep-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const layout = layoutOf(dir)
  await makeLayout(layout)
  const { kind, fetched, rebuilt, sha256 = digest(inside) } = wish
  if (fetched) await writeFile(join(layout.downloads, 'aa.part'), fetched)
  if (rebuilt) await writeFile(join(layout.downloads, `${sha256}.plain`), rebuilt)
  await writeFile(join(layout.plain, `1.0.0_re_1_${'0'.repeat(64)}`), 'of the version before')
  await mkdir(join(layout.plain, 'something'))
  const warnings: unknown[] = []
  const log = { info() {}, warn: (text: string) => void warnings.push(text), error() {} }
  const artifact = { name: 'till', kind, size: 1, sha256: 'aa', sha512: 'bb', plain: { sha256, size: inside.length }, url: '/x' }
  const journal = createJournal({ releaseId: 're_2', version: '1.1.0', sequence: 2, folder: '1.1.0_re_2', artifact }, null)
  // The step uses nothing else of the agent.
  await keepPlain({ layout, log } as unknown as Agent, journal)
  const names = await readdir(layout.plain)
  return { names, warnings, content: names[0] === undefined ? undefined : await readFile(join(layout.plain, names[0])) }
}

test.each<[string, Parameters<typeof keep>[0]]>([
  ['out of a fetched archive', { kind: 'tar.gz', fetched: gzipSync(inside) }],
  ['from a fetched file that is its own content', { kind: 'opaque', fetched: inside }],
  ['from what a patch rebuilt', { kind: 'tar.zst', rebuilt: inside }],
])('is taken %s, and what was kept before goes', async (_name, wish) => {
  const { names, content, warnings } = await keep(wish)

  expect(names).toEqual([`1.1.0_re_2_${digest(inside)}`])
  expect(content?.equals(inside)).toBe(true)
  expect(warnings).toEqual([])
})

test.each<[string, Parameters<typeof keep>[0]]>([
  ['what came out of the archive is not what was signed', { kind: 'tar.gz', fetched: gzipSync(Buffer.from('else')) }],
  ['the archive is cut off', { kind: 'tar.gz', fetched: gzipSync(inside).subarray(0, 5000) }],
  ['nothing was fetched', { kind: 'opaque' }],
])('nothing is kept, and one warning told, where %s', async (_name, wish) => {
  const { names, warnings } = await keep(wish)

  expect(names).toEqual([])
  expect(warnings).toHaveLength(1)
})
