// Files that are chosen meet uploads that are there.
import { expect, test } from 'vitest'
import { keyOf, rowOf, withFiles } from './upload.ts'

const file = (name: string, content = 'x') => new File([content], name, { lastModified: 5 })

test('a chosen file waits, with what its name says', () => {
  const [row] = withFiles([], [file('till-linux-x64.tar.gz')])
  expect(row).toMatchObject({
    name: 'till-linux-x64.tar.gz',
    state: 'ready',
    target: { platform: 'linux', arch: 'x64' },
    sent: 0,
  })
})

test('the same file twice is one upload', () => {
  const rows = withFiles([], [file('a.zip')])
  expect(withFiles(rows, [file('a.zip')])).toEqual(rows)
  expect(withFiles(rows, [file('a.zip', 'longer')])).toHaveLength(2)
})

test('an upload that lost its file gets it back, and keeps what was chosen for it', () => {
  const lost = { ...rowOf(file('a.zip')), file: undefined, state: 'lost' as const, target: { platform: 'darwin', arch: 'arm64' } }
  const [row] = withFiles([lost], [file('a.zip')])
  expect(row).toMatchObject({ state: 'ready', target: { platform: 'darwin', arch: 'arm64' } })
  expect(row?.file).toBeInstanceOf(File)
  expect(row?.key).toBe(keyOf(file('a.zip')))
})

test('another file does not take its place', () => {
  const lost = { ...rowOf(file('a.zip')), file: undefined, state: 'lost' as const }
  expect(withFiles([lost], [file('b.zip')]).map(({ state }) => state)).toEqual(['lost', 'ready'])
})
