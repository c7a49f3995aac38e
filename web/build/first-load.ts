// Writes what each screen needs at first into dist/first-load.json: the server names it in the page, so that nothing waits for anything.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { firstPaint } from '../src/frames/first-paint.ts'
import { type Face, faces, type Screen } from '../src/screens.ts'

/** Of Vite's manifest. */
interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}
type Manifest = Record<string, Chunk>

export function firstLoad(): Plugin {
  return {
    name: 'fairway-first-load',
    apply: 'build',
    // A browser opens six connections and takes the names in order: what it may not draw without comes first.
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const styles = html.match(/<link rel="stylesheet"[^>]*>\s*/g) ?? []
        const without = styles.reduce((page, style) => page.replace(style, ''), html)
        return without.replace('<script type="module"', `${styles.join('')}<script type="module"`)
      },
    },
    writeBundle({ dir = '' }) {
      const manifest = JSON.parse(readFileSync(join(dir, '.vite/manifest.json'), 'utf8')) as Manifest
      const all = faces.flatMap((face) => face.screens.map((screen) => firstLoadOf(manifest, face, screen)))
      writeFileSync(join(dir, 'first-load.json'), JSON.stringify(all, null, 1))
    },
  }
}

function firstLoadOf(manifest: Manifest, face: Face, screen: Screen) {
  const sources = [`src/frames/${face.frame}.tsx`, `src/features/${screen.page}.tsx`]
  const words = [...face.words, ...screen.words].map((name) => `src/words/en/${kebab(name)}.ts`)
  const base = face.base === '/' ? '' : face.base
  // What the page itself names is there anyway.
  const inPage = new Set(filesOf(manifest, ['index.html']))
  const files = filesOf(manifest, [...sources, ...words]).filter((file) => !inPage.has(file))
  return {
    path: screen.path === '' ? face.base : `${base}/${screen.path}`,
    scripts: files.filter((file) => file.endsWith('.js')),
    styles: files.filter((file) => file.endsWith('.css')),
    paint: firstPaint[face.frame],
    kind: face.kind,
    asks: face.asks,
    asksWithoutQuery: screen.asks ?? [],
  }
}

/** They and everything that they import at once. */
function filesOf(manifest: Manifest, sources: string[]) {
  const seen = new Set<string>()
  const files = new Set<string>()
  function add(source: string) {
    const chunk = manifest[source]
    if (!chunk) throw new Error(`${source} is not in Vite's manifest: does screens.ts name it rightly?`)
    if (seen.has(source)) return
    seen.add(source)
    files.add(`/${chunk.file}`)
    for (const style of chunk.css ?? []) files.add(`/${style}`)
    for (const one of chunk.imports ?? []) add(one)
  }
  for (const source of sources) add(source)
  return [...files]
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
