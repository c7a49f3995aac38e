// Words as long as German ones: every word of the app grows by 30 %, so that a picture shows what breaks (design §6).
import type { Plugin } from 'vite'

const GROWTH = 0.3
const WORD_FILES = /\/words\/en\/[\w-]+\.ts$/
/** What stands for something else: {{count}}, <b>, $t(key). */
const PLACES = /\{\{[^}]*\}\}|<[^>]*>|\$t\([^)]*\)/g
/** Ends what has grown: a file of words may hold another one's. */
const GROWN = '\u200b'

/** For a build of the app with long words. */
export function longWords(): Plugin {
  return {
    name: 'fairway-long-words',
    enforce: 'pre',
    transform(code, id) {
      if (!WORD_FILES.test(id)) return undefined
      const names = [...code.matchAll(/^export const (\w+) =/gm)].map(([, name]) => name)
      const how = `{ growth: ${GROWTH}, places: ${PLACES}, grown: ${JSON.stringify(GROWN)} }`
      return [
        code.replaceAll(/^export const (\w+) =/gm, 'const plain_$1 ='),
        lengthen.toString(),
        ...names.map((name) => `export const ${name} = lengthen(plain_${name}, ${how})`),
      ].join('\n')
    },
  }
}

interface How {
  growth: number
  places: RegExp
  grown: string
}

/** Runs in the app, so it must not need anything around it. */
function lengthen(words: unknown, how: How): unknown {
  const grow = (word: string) => word + 'enerschaft'.slice(0, Math.ceil(word.length * how.growth))
  const growAll = (text: string) => text.replace(/\p{Letter}{2,}/gu, grow)
  if (typeof words === 'object' && words !== null)
    return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, lengthen(value, how)]))
  const text = String(words)
  if (text.endsWith(how.grown)) return text
  const kept = text.match(how.places) ?? []
  return (
    text
      .split(how.places)
      .map((part, index) => growAll(part) + (kept[index] ?? ''))
      .join('') + how.grown
  )
}
