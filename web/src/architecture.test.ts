// The walls of the web app, and the proof that the code keeps them.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const SRC = import.meta.dirname
const IMPORT = /(?:from|import)\s*\(?\s*'(?<name>[^']+)'/g
/** Who may use whose face. Screens stand on parts; parts know no screen. */
const FACES: Record<string, string[]> = {
  api: [],
  words: [],
  ui: ['#api', '#words'],
  styles: [],
  frames: ['#api', '#paths', '#ui', '#words'],
  features: ['#api', '#paths', '#ui', '#words'],
}
const files = globSync('**/*.{ts,tsx}', { cwd: SRC }).filter((file) => !file.endsWith('.test.ts'))

describe.each(files)('%s', (file) => {
  const code = readFileSync(join(SRC, file), 'utf8')
  const room = file.includes('/') ? (file.split('/')[0] ?? '') : ''
  const imports = [...code.matchAll(IMPORT)].map((match) => match.groups?.['name'] ?? '')

  test('imports only what its place allows', () => {
    const allowed = FACES[room]
    if (!allowed) return
    for (const name of imports.filter((one) => one.startsWith('#')))
      expect(allowed, `${file} may not import ${name}`).toContain(name)
    for (const name of imports.filter((one) => one.startsWith('.'))) {
      const target = join(file, '..', name)
      const home = room === 'features' ? file.split('/').slice(0, 2).join('/') : room
      expect(target.startsWith(`${home}/`), `${file} goes around the face of ${target}`).toBe(true)
    }
  })

  test('says in its first line what it is for', () => {
    expect(code.split('\n')[0]).toMatch(/^\/\/ \S.{10,}/)
  })

  test('links only to addresses of paths.ts', () => {
    if (file === 'routes.tsx' || file === 'paths.ts') return
    expect(code).not.toMatch(/\bto="\/|\bto=\{`\/|navigate\(['`]\//)
  })

  test('takes boxes from #ui, which loads Mantine late', () => {
    if (!file.startsWith('ui/mantine/')) expect(code).not.toMatch(/^import (?!type )[^;]*'@mantine\/core'/m)
  })

  test('writes no HTML of others', () => {
    expect(code).not.toContain('dangerouslySetInnerHTML')
  })
})

test('colours come from the tokens', () => {
  for (const file of globSync('features/**/*.css', { cwd: SRC })) {
    const css = readFileSync(join(SRC, file), 'utf8')
    expect(css, file).not.toMatch(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl/i)
  }
})
