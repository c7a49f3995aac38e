// What a browser must load before it shows the first screen: at most 250 KB of script, compressed by gzip. Needs `npm run build`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const MOST_BYTES = 250_000
const DIST = join(import.meta.dirname, '../dist')

interface Chunk {
  file: string
  imports?: string[]
}

/** The entry, the frame and the page with everything that they import at once. */
function scriptsOf(manifest: Record<string, Chunk>, entries: string[]) {
  const files = new Set<string>()
  const add = (name: string): void => {
    const chunk = manifest[name]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const one of chunk.imports ?? []) add(one)
  }
  for (const entry of entries) add(entry)
  return [...files].filter((file) => file.endsWith('.js'))
}

test.skipIf(!existsSync(DIST)).each([
  ['the portal', ['src/frames/portal-frame.tsx', 'src/features/portal/home-page.tsx']],
  ['the console', ['src/frames/console-frame.tsx', 'src/features/today/today-page.tsx']],
  ['a rollout', ['src/frames/console-frame.tsx', 'src/features/delivery/rollout-page.tsx']],
])('%s loads at most 250 KB of script at first', (_what, pages) => {
  // Written by Vite.
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  for (const page of pages) expect(manifest[page], page).toBeDefined()

  const scripts = scriptsOf(manifest, ['index.html', ...pages])
  const bytes = scripts.map((file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length)

  const sum = bytes.reduce((all, one) => all + one, 0)
  console.log(`${_what}: ${Math.round(sum / 1000)} KB in ${scripts.length} files`)
  expect(sum).toBeLessThanOrEqual(MOST_BYTES)
})
