// Moments of the mocked past, told from now: '2d 4h' before.

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `'3d 21h'`, `'40s'` */
export function msOf(span: string) {
  return span.split(' ').reduce((sum, part) => sum + Number.parseFloat(part) * (UNITS[part.at(-1) ?? ''] ?? 0), 0)
}

export function ago(span: string) {
  return before(Date.now(), msOf(span))
}

export function before(at: number | string, ms: number) {
  return new Date(new Date(at).getTime() - ms).toISOString()
}

export function after(at: number | string, ms: number) {
  return before(at, -ms)
}

export function nowIso() {
  return new Date().toISOString()
}
