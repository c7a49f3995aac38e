// Numbers, times and sizes as people read them (shared design §5); Intl does the work, in the language of the words.
import { words } from '#words'

const NBSP = '\u00a0'
const locale = () => (words.language === 'en' ? 'en-GB' : words.language)

/** 37 %; one decimal below 10, never 100 unless all, never 0 unless none. */
export function formatShare(part: number, whole: number) {
  if (whole === 0 || part === 0) return `0${NBSP}%`
  if (part === whole) return `100${NBSP}%`
  const percent = (part / whole) * 100
  if (percent < 1) return `under${NBSP}1${NBSP}%`
  return `${formatNumber(Math.min(99, Math.round(percent)))}${NBSP}%`
}

export function formatPercent(percent: number) {
  return `${formatNumber(percent, percent < 1 ? 2 : 1)}${NBSP}%`
}

export function formatNumber(value: number, maximumFractionDigits = 0) {
  const key = `${locale()} ${maximumFractionDigits}`
  return kept(numberFormats, key, () => new Intl.NumberFormat(locale(), { maximumFractionDigits })).format(value)
}

/** Decimal, as disks and networks count: 94.2 MB. */
export function formatBytes(bytes: number) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${formatNumber(value, power === 0 || value >= 100 ? 0 : 1)}${NBSP}${units[power]}`
}

/** 40 s, 2 min 48 s, 6 h 12 min, 3 d 21 h: two units at most. */
export function formatDuration(ms: number) {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  if (first === -1) return `0${NBSP}s`
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${NBSP}${unit}`)
    .join(' ')
}

/** Today 14:18; within six days Thu 14:18; this year 12 Nov 14:18; else 12 Nov 2025. */
export function formatTime(at: Date, now = new Date()) {
  const clock = format(at, { hour: '2-digit', minute: '2-digit' })
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days === 0) return clock
  if (days > 0 && days < 6) return `${format(at, { weekday: 'short' })} ${clock}`
  if (at.getFullYear() === now.getFullYear()) return `${format(at, { day: 'numeric', month: 'short' })} ${clock}`
  return format(at, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** Tue 17 Nov, 02:00: what is to come says its day. */
export function formatFuture(at: Date, now = new Date()) {
  const clock = format(at, { hour: '2-digit', minute: '2-digit' })
  if (startOfDay(at) === startOfDay(now)) return clock
  return `${format(at, { weekday: 'short', day: 'numeric', month: 'short' })}, ${clock}`
}

/** For a day's head: Thu 12 Nov 2026. */
export function formatDay(at: Date) {
  return format(at, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
}

/** For a list by days: Monday 23 November; another year is named. */
export function formatLongDay(at: Date, now = new Date()) {
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return format(at, { weekday: 'long', day: 'numeric', month: 'long', ...year })
}

/** 12 Nov 2026: where the hour does not matter. */
export function formatDate(at: Date) {
  return format(at, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** For axes: Tue 17. */
export function formatShortDay(at: Date) {
  return `${format(at, { weekday: 'short' })} ${at.getDate()}`
}

/** With zone and seconds: what a hover shows. */
export function formatExact(at: Date) {
  return format(at, { dateStyle: 'full', timeStyle: 'long' })
}

/** `de` is German; a code that nobody knows stays. */
export function formatLanguage(code: string) {
  return new Intl.DisplayNames(locale(), { type: 'language' }).of(code) ?? code
}

/** till-1, till-2 and till-3 */
export function formatList(names: string[]) {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
}

/** 3fa9…c21e */
export function shortDigest(digest: string) {
  return `${digest.slice(0, 4)}…${digest.slice(-4)}`
}

/** The letters of an avatar: first and last word. */
export function initials(name: string) {
  const parts = name.trim().split(/\s+/)
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.[0]?.toUpperCase() ?? '').join('')
}

function format(at: Date, options: Intl.DateTimeFormatOptions) {
  const key = `${locale()} ${JSON.stringify(options)}`
  return kept(dateFormats, key, () => new Intl.DateTimeFormat(locale(), { hour12: false, ...options })).format(at)
}

/** Making a format costs a hundred times its use, and a list of a thousand rows has thousands of dates. */
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function kept<Format>(formats: Map<string, Format>, key: string, make: () => Format) {
  const format = formats.get(key) ?? make()
  formats.set(key, format)
  return format
}

function startOfDay(at: Date) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
