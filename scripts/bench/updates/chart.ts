// Draws measured figures as horizontal bars: an SVG by hand, readable on light and dark pages.
import { median } from '../figure.ts'

export interface Bar {
  name: string
  values: number[]
  isOurs?: boolean
}

const WIDTH = 860
const LABELS = 300
const ROW = 30
const TOP = 58

export function chart({ title, unit, bars, foot }: { title: string; unit: string; bars: Bar[]; foot: string }) {
  const most = Math.max(...bars.flatMap(({ values }) => values))
  const scale = (value: number) => ((WIDTH - LABELS - 110) * value) / most
  const height = TOP + bars.length * ROW + 40
  const rows = bars.map((bar, at) => rowOf(bar, { y: TOP + at * ROW, scale, unit }))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(title)}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="30" font-size="16" font-weight="600" fill="#16202c">${escape(title)}</text>
${rows.join('\n')}
<text x="16" y="${height - 14}" font-size="11" fill="#5a6675">${escape(foot)}</text>
</svg>
`
}

function rowOf(
  { name, values, isOurs = false }: Bar,
  { y, scale, unit }: { y: number; scale(value: number): number; unit: string },
) {
  const middle = median(values)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const whisker = values.length < 2 ? '' : line(LABELS + scale(low), LABELS + scale(high), y + 11)
  return `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end" fill="#16202c">${escape(name)}</text>
<rect x="${LABELS}" y="${y + 2}" width="${Math.max(1, scale(middle)).toFixed(1)}" height="18" rx="2" fill="${isOurs ? '#0b6bcb' : '#aab4c0'}"/>${whisker}
<text x="${LABELS + scale(high) + 8}" y="${y + 15}" fill="#16202c">${Math.round(middle).toLocaleString('en')} ${unit}</text>`
}

/** From the slowest round to the fastest. */
function line(from: number, to: number, y: number) {
  return `<path d="M${from.toFixed(1)} ${y}H${to.toFixed(1)}" stroke="#16202c" stroke-width="1.5"/>`
}

function escape(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
