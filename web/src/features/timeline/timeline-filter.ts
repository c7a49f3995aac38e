// What the timeline shows, as it stands in the address.
export const KINDS = { everything: undefined, changes: 'delivery.', health: 'fleet.', people: 'portal.,identity.' } as const
export type Kind = keyof typeof KINDS

export interface TimelineFilter {
  organisation: string | undefined
  subject: string | undefined
  /** Names of events, or beginnings that end with a dot. */
  name: string | undefined
  /** Nothing later than this. */
  until: string | undefined
}

export function readFilter(params: URLSearchParams): TimelineFilter {
  const text = (name: string) => params.get(name)?.trim() || undefined
  const until = text('until')
  return {
    organisation: text('organisation'),
    subject: text('subject'),
    name: text('name'),
    until: until && !Number.isNaN(Date.parse(until)) ? until : undefined,
  }
}

/** `some`: names that no button stands for. */
export function kindOf({ name }: TimelineFilter): Kind | 'some' {
  const kinds = Object.keys(KINDS) as Kind[]
  return kinds.find((kind) => KINDS[kind] === name) ?? 'some'
}

export function isFiltered({ organisation, subject, name, until }: TimelineFilter) {
  return Boolean(organisation ?? subject ?? name ?? until)
}

/** The address that differs in this; undefined takes it away. A picked event stays picked. */
export function withParams(params: URLSearchParams, change: Record<string, string | undefined>) {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return `?${next}`
}
