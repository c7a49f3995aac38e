// Styles of a feature stay in it: they are loaded when it is first seen, and then act on every screen that follows.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..')
const files = readdirSync(SRC, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  // Customers never see the console, and staff never the portal: its own screens share its own styles.
  .filter((name) => !name.startsWith('features/portal/') && !name.endsWith('/new-inquiry.css'))
const read = (name: string) => readFileSync(join(SRC, name), 'utf8')
const areaOf = (name: string) => name.split('/').slice(0, 2).join('/')

/** Class → the features, or other folders, that style it or use it. */
const styled = gather(
  files.filter((name) => name.endsWith('.css')),
  (name) => selectorsOf(read(name)).flatMap(classesOf),
)
const used = gather(
  files.filter((name) => name.endsWith('.tsx')),
  (name) => [...read(name).matchAll(/className=(?:"([^"]*)"|\{([^\n]*)\})/g)].flatMap(wordsIn),
)

test('each rule of a feature names something that no other feature knows', () => {
  const leaks = files
    .filter((name) => name.startsWith('features/') && name.endsWith('.css'))
    .flatMap((name) => selectorsOf(read(name)).flatMap((one) => (isOwn(one, areaOf(name)) ? [] : [`${name}: ${one}`])))

  expect(leaks).toEqual([])
})

/** One such class is enough: `.portal .proof h2`. */
function isOwn(selector: string, area: string) {
  const isMine = (one: string) => [...(styled.get(one) ?? []), ...(used.get(one) ?? [])].every((other) => other === area)
  return classesOf(selector).some(isMine)
}

function selectorsOf(css: string) {
  const rules = css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/@keyframes[^{]*\{(?:[^{}]*\{[^}]*\})*[^}]*\}/g, '')
    .replaceAll(/@[^{]*\{/g, '')
  return [...rules.matchAll(/([^{}]+)\{[^}]*\}/g)].flatMap(([, all = '']) => all.split(/,(?![^()]*\))/)).map((one) => one.trim())
}

function classesOf(selector: string) {
  return [...selector.matchAll(/\.([\w-]+)/g)].map(([, one = '']) => one)
}

function wordsIn([, plain = '', code = '']: RegExpMatchArray) {
  return [plain, ...[...code.matchAll(/["'`]([^"'`]*)/g)].map(([, text = '']) => text)].join(' ').split(/[^\w-]+/)
}

function gather(names: string[], of: (name: string) => string[]) {
  const found = new Map<string, Set<string>>()
  for (const name of names) for (const one of of(name)) found.set(one, (found.get(one) ?? new Set()).add(areaOf(name)))
  return found
}
