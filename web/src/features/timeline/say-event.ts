// An event as a sentence: which words, and what stands in their places. Pure; unknown events are called by their names.
import type { Names, TimelineEvent } from './timeline-queries.ts'

export interface Said {
  /** Below `timeline.said`, with dots. */
  key: string
  values: Record<string, string | number>
}

/** Events that are told in more than one way. */
const VARIANTS: Record<string, (body: Record<string, unknown>) => string> = {
  'delivery.rollout_halted': ({ byItself }) => (byItself === true ? 'itself' : 'person'),
  'fleet.installation_reported': ({ version, health, previous }) => {
    const before = fieldOf(previous, 'version')
    if (version !== before && typeof version === 'string') return typeof before === 'string' ? 'changed' : 'first'
    return String(health)
  },
  'fleet.outcome_changed': ({ kind }) => String(kind),
  'portal.inquiry_answered': ({ by }) => String(by),
  'portal.inquiry_assigned': ({ assigneeId }) => (assigneeId === null ? 'nobody' : 'somebody'),
  'portal.inquiry_linked': ({ knownErrorId }) => (knownErrorId === null ? 'unlinked' : 'linked'),
  'portal.inquiry_closed': ({ by }) => String(by),
  'portal.inquiry_reopened': ({ by, because }) => (by === 'itself' && typeof because === 'string' ? because : String(by)),
}

/** @param place stands where the name of the thing goes, so that the screen can set it apart. */
export function sayEvent(event: TimelineEvent, names: Names, place: string): Said {
  const { name, body } = event
  const variant = VARIANTS[name]?.(body)
  return { key: variant === undefined ? name : `${name}.${variant}`, values: { ...valuesOf(event, names), thing: place } }
}

function valuesOf({ subject, subjectName, organisation, body }: TimelineEvent, names: Names) {
  const { productId, personId, assigneeId, knownErrorId, installationId, releaseId, roles, previous } = body as Record<
    string,
    unknown
  >
  const named = (id: unknown) => (typeof id === 'string' ? (names[id] ?? id) : '')
  const plain = Object.entries(body).filter((one): one is [string, string | number] =>
    ['string', 'number'].includes(typeof one[1]),
  )
  return {
    version: '?',
    ...Object.fromEntries(plain),
    title: subjectName ?? subject,
    customer: organisation?.name ?? '',
    product: named(productId),
    person: named(personId),
    assignee: named(assigneeId),
    known_error: named(knownErrorId),
    installation: named(installationId),
    release: named(releaseId),
    roles: Array.isArray(roles) ? roles.join(', ') : '',
    before: String(fieldOf(previous, 'version') ?? ''),
  }
}

/** What the thing is called in its sentence: people say INQ-2041, but till 3. */
export function thingOf({ subject, subjectName }: Pick<TimelineEvent, 'subject' | 'subjectName'>) {
  return /^(INQ|KE)-/.test(subject) ? subject : (subjectName ?? subject)
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined
}
