// Each screen loads the words that it says: all of them, whichever of its parts says them, and no others.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KEYS_WORDS, PALETTE_WORDS } from './frames/words-of-boxes.ts'
import { faces } from './screens.ts'
import { en } from './words/en/index.ts'
import { everywhere } from './words/en/everywhere.ts'

const SRC = import.meta.dirname
const FACES: Record<string, string> = { '#api': 'api/index.ts', '#ui': 'ui/index.ts', '#paths': 'paths.ts' }
const IMPORT =
  /^(?:import|export) (?!type )[^'";]*from '(?<name>[#.][^']+)'|^import '(?<bare>\.[^']+\.tsx?)'|import\('(?<late>\.[^']+)'\)/gm
/** Load their own words (words-of-boxes.ts). */
const BOXES = ['frames/palette.tsx', 'frames/keys-help.tsx']
const SAID = new RegExp(`(?<quote>['"\`])(?<key>(?<file>${Object.keys(en).join('|')})\\.[\\w.]*)`, 'g')

/** The file and what it is made of, down to the last part. */
function partsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const code = readFileSync(join(SRC, file), 'utf8')
  for (const { groups = {} } of code.matchAll(IMPORT)) {
    const name = groups['name'] ?? groups['bare'] ?? groups['late'] ?? ''
    const target = name.startsWith('#') ? FACES[name] : join(file, '..', name)
    if (target && !BOXES.includes(target)) partsOf(target, seen)
  }
  return seen
}

/** Names of events look the same; they are no words of ours. */
function isKey(key: string) {
  const path = key.split('.')
  const last = path.pop() ?? ''
  const place = path.reduce<unknown>((all, name) => (all as Record<string, unknown> | undefined)?.[name], en)
  return typeof place === 'object' && place !== null && [last, `${last}_one`, `${last}_other`].some((name) => name in place)
}

function saidBy(files: string[]) {
  const parts = new Set(files.flatMap((file) => [...partsOf(file)]))
  const found = [...parts].flatMap((part) => [...readFileSync(join(SRC, part), 'utf8').matchAll(SAID)])
  const said = found.filter(({ groups }) => groups?.['quote'] === '`' || isKey(groups?.['key'] ?? ''))
  return new Set(said.map(({ groups }) => groups?.['file'] ?? ''))
}

const boxes = [
  { name: 'the palette', files: ['frames/palette.tsx'], words: PALETTE_WORDS },
  { name: 'the keys', files: ['frames/keys-help.tsx'], words: KEYS_WORDS },
]
const screens = faces.flatMap(({ frame, words, screens }) =>
  screens.map((screen) => ({
    name: `${frame} ${screen.path}`,
    files: [`frames/${frame}.tsx`, `features/${screen.page}.tsx`],
    words: [...words, ...screen.words],
  })),
)

test.each([...boxes, ...screens])('$name', ({ files, words }) => {
  const said = [...saidBy(files)].filter((name) => !Object.hasOwn(everywhere, name))

  expect(said.toSorted()).toEqual([...new Set(words)].toSorted())
})

test('what is said is found in parts of parts', () => {
  const parts = partsOf('features/delivery/rollout-page.tsx')

  expect(parts).toContain('ui/rendered-markdown.tsx')
  expect(parts).toContain('features/delivery/verdict-words.ts')
})

test('every page is a screen', () => {
  const pages = globSync('features/*/*-page.tsx', { cwd: SRC }).map((file) => file.slice('features/'.length, -'.tsx'.length))

  expect(faces.flatMap((face) => face.screens.map(({ page }) => page)).toSorted()).toEqual(pages.toSorted())
  for (const { frame } of faces) expect(existsSync(join(SRC, `frames/${frame}.tsx`))).toBe(true)
})
