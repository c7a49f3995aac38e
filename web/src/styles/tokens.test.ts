// Contrast of the token file (WCAG 2.2: 1.4.3 text 4.5:1, 1.4.11 marks 3:1), in both schemes, on every ground on which a token may stand.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const tokens = new Map(
  [
    ...css.matchAll(
      /--(?<name>[\w-]+):\s*(?:light-dark\((?<light>#[0-9a-f]{6}),\s*(?<dark>#[0-9a-f]{6})\)|(?<both>#[0-9a-f]{6}))/g,
    ),
  ].map(
    ({ groups = {} }) =>
      [groups['name'] ?? '', [groups['light'] ?? groups['both'] ?? '', groups['dark'] ?? groups['both'] ?? '']] as const,
  ),
)
const GROUNDS = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected']
const TONES = ['ok', 'warn', 'bad', 'mute']

const pairs: [text: string, ground: string, least: number][] = [
  ...['text', 'text-2'].flatMap((text) => GROUNDS.map((ground) => [text, ground, 4.5] as [string, string, number])),
  ...['canvas', 'surface', 'raised', 'sunken', 'hover'].map((ground) => ['text-3', ground, 4.5] as [string, string, number]),
  ...['canvas', 'surface', 'raised', 'accent-soft'].map((ground) => ['accent-text', ground, 4.5] as [string, string, number]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-accent', 'bad-solid', 4.5],
  ['on-accent', 'bad-solid-hover', 4.5],
  ['line-strong', 'surface', 3],
  ['line-strong', 'raised', 3],
  ...TONES.flatMap((tone) => [
    [tone, 'surface', 4.5] as [string, string, number],
    [tone, `${tone}-soft`, 4.5] as [string, string, number],
    [`${tone}-mark`, 'surface', 3] as [string, string, number],
    [`${tone}-mark`, `${tone}-soft`, 3] as [string, string, number],
  ]),
  ...['c-new', 'c-old', 'c-bad'].map((mark) => [mark, 'surface', 3] as [string, string, number]),
]

test('the token file is read', () => {
  expect(tokens.size).toBeGreaterThanOrEqual(40)
})

test.each(pairs)('%s on %s has at least %s:1, light and dark', (text, ground, least) => {
  for (const scheme of [0, 1] as const) {
    const [over, under] = [tokens.get(text)?.[scheme], tokens.get(ground)?.[scheme]]
    expect(over, text).toBeDefined()
    expect(under, ground).toBeDefined()
    expect(contrast(over ?? '', under ?? '')).toBeGreaterThanOrEqual(least)
  }
})

/** WCAG 2.2, contrast ratio: (L1 + 0.05) / (L2 + 0.05). */
function contrast(a: string, b: string) {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other)
  return (lighter + 0.05) / (darker + 0.05)
}

/** WCAG 2.2, relative luminance of sRGB. */
function luminance(colour: string) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
