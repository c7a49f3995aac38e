// Reads durations as people write them: `30s`, `15m`, `1h30m`, `2d`.
import { wrongUsage } from '../failure.ts'

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const FORM = /^(\d{1,9}[smhd])+$/

/** In seconds. @param option is named where it is wrong. */
export function parseDuration(text: string, option: string) {
  if (!FORM.test(text))
    throw wrongUsage(`${option} ${JSON.stringify(text)} is no duration.`, 'Write it like 30s, 15m, 1h30m or 2d.')
  const parts = [...text.matchAll(/(\d+)([smhd])/g)]
  // `FORM` leaves no other letters.
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0)
}
