// What a browser must load before it shows the first screen, as the page names it: at most 180 KB of script by gzip, and nothing of the other face. Needs `npm run build`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { faces } from './screens.ts'

/** What was reached, and a twentieth. */
const MOST_BYTES = 180_000
const DIST = join(import.meta.dirname, '../dist')
const FIRST_LOAD = join(DIST, 'first-load.json')
const isBuilt = existsSync(FIRST_LOAD)

interface Chunk {
  file: string
  imports?: string[]
}

function read<T>(file: string): T {
  // Written by our own build.
  return JSON.parse(readFileSync(join(DIST, file), 'utf8')) as T
}

/** Those of every page, then those of this one. */
function scriptsOf(path: string) {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8')
  const always = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, file = '']) => file)
  const own = read<{ path: string; scripts: string[] }[]>('first-load.json').find((screen) => screen.path === path)
  if (!own) throw new Error(`first-load.json has no ${path}.`)
  return [...always, ...own.scripts]
}

test.skipIf(!isBuilt).each([
  ['the portal', '/', 'console-frame'],
  ['the console', '/console', 'portal-frame'],
  ['a rollout', '/console/rollouts/:rolloutId', 'portal-frame'],
])('%s loads at most 180 KB of script at first', (what, path, other) => {
  const scripts = scriptsOf(path)

  const bytes = scripts.map((file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length)
  const sum = bytes.reduce((all, one) => all + one, 0)
  console.log(`${what}: ${Math.round(sum / 1000)} KB in ${scripts.length} files`)
  expect(sum).toBeLessThanOrEqual(MOST_BYTES)
  expect(scripts.filter((file) => new RegExp(`/(boxes|palette|rendered-markdown|browser|${other})-`).test(file))).toEqual([])
})

test.skipIf(!isBuilt)('no screen waits for a script that its page does not name', () => {
  const manifest = read<Record<string, Chunk>>('.vite/manifest.json')
  const importsOf = (file: string) => Object.values(manifest).find((chunk) => `/${chunk.file}` === file)?.imports ?? []

  for (const { base, screens } of faces)
    for (const { path } of screens) {
      const whole = path === '' ? base : `${base === '/' ? '' : base}/${path}`
      const named = new Set(scriptsOf(whole))
      const needed = [...named].flatMap(importsOf).map((name) => `/${manifest[name]?.file}`)
      expect(
        needed.filter((file) => !named.has(file)),
        whole,
      ).toEqual([])
    }
})
