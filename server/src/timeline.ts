// What the timeline makes of events, as pure rules: which mean that something failed, and which things they name.
import type { Event } from '#platform/events'
import type { FailureSign } from '#platform/events/timeline-queries'

/** What is red on the timeline: also in its count by the hour. */
export const FAILURES: FailureSign[] = [
  { name: 'fleet.outcome_changed', field: 'kind', values: ['failed', 'rolled_back'] },
  { name: 'fleet.installation_reported', field: 'health', values: ['unhealthy'] },
  { name: 'fleet.installation_copied' },
  { name: 'delivery.rollout_halted' },
  { name: 'delivery.release_withdrawn' },
  { name: 'portal.inquiry_reopened' },
]

type Told = Pick<Event, 'name' | 'subject' | 'actor' | 'organisationId'> & { body: object }

export function isFailure({ name, body }: Pick<Told, 'name' | 'body'>) {
  return FAILURES.some(
    (sign) => sign.name === name && (sign.field === undefined || sign.values?.includes(String(field(body, sign.field)))),
  )
}

/** Prefix of an id → who knows its name. */
const KINDS = { pe: 'person', org: 'organisation', in: 'installation', INQ: 'inquiry', KE: 'known_error' } as const
export type NamedKind = (typeof KINDS)[keyof typeof KINDS]

export function kindOf(id: string): NamedKind | undefined {
  const prefix = /^([A-Za-z]+)[_-]/.exec(id)?.[1]
  return prefix !== undefined && Object.hasOwn(KINDS, prefix) ? KINDS[prefix as keyof typeof KINDS] : undefined
}

/** Of a long list of installations only the first are named. */
const MOST_OF_A_LIST = 20

/** Everything that an event names: its subject, who did it, and the ids in its body. */
export function idsIn({ subject, actor, organisationId, body }: Told): string[] {
  const inBody = Object.values(body).flatMap((value: unknown) =>
    Array.isArray(value) ? value.slice(0, MOST_OF_A_LIST) : [value],
  )
  return [subject, actor, organisationId, ...inBody].filter(
    (id) => typeof id === 'string' && kindOf(id) !== undefined,
  ) as string[]
}

export function productIn(body: object) {
  const productId = field(body, 'productId')
  return typeof productId === 'string' ? productId : undefined
}

/** @param names of ids and of products. */
export function subjectName({ subject, body }: Pick<Told, 'subject' | 'body'>, names: ReadonlyMap<string, string>) {
  const known = names.get(subject)
  if (known !== undefined) return known
  const [product, version, own] = [productIn(body), field(body, 'version'), field(body, 'name')]
  if (product !== undefined && typeof version === 'string') return `${names.get(product) ?? product} ${version}`
  return typeof own === 'string' ? own : null
}

function field(body: object, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name as keyof typeof body] : undefined
}
