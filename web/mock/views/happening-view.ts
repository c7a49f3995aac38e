// What happened, with the names of things: for the timeline, and as CloudEvents.
import type { Schemas } from '@fairway/client'
import type { Happening, World } from '../world.ts'
import { nameOfProduct } from './rollout-view.ts'

type View = Schemas['TimelineEvent']

const FAILURES: Record<string, (body: Record<string, unknown>) => boolean> = {
  'fleet.outcome_changed': ({ kind }) => kind === 'failed' || kind === 'rolled_back',
  'fleet.installation_reported': ({ health }) => health === 'unhealthy',
  'fleet.installation_copied': () => true,
  'delivery.rollout_halted': () => true,
  'delivery.release_withdrawn': () => true,
  'portal.inquiry_reopened': () => true,
}

export function isFailure({ name, body }: Happening) {
  return FAILURES[name]?.(body) ?? false
}

/** Of people, installations, inquiries and so on. */
export function nameOf(world: World, id: string): string | undefined {
  if (id.startsWith('in_')) return world.installations.get(id)?.name
  if (id.startsWith('org_')) return world.organisations.find((one) => one.id === id)?.name
  if (id.startsWith('INQ-')) return world.inquiries.find((one) => one.id === id)?.title
  if (id.startsWith('KE-')) return world.knownErrors.find((one) => one.id === id)?.title
  return [...world.staff, ...world.members].find((one) => one.id === id)?.name
}

/** Everything that it names. */
export function namesIn(world: World, { subject, actor, organisationId, body }: Happening): [string, string][] {
  const ids = [subject, actor, organisationId, ...Object.values(body).flat()]
  const named = ids.flatMap((id): [string, string][] => {
    const name = typeof id === 'string' ? nameOf(world, id) : undefined
    return typeof id === 'string' && name !== undefined ? [[id, name]] : []
  })
  const { productId } = body
  return typeof productId === 'string' ? [...named, [productId, nameOfProduct(world, productId)]] : named
}

export function viewHappening(world: World, happening: Happening): View {
  const { id, name, subject, organisationId, occurredAt, body } = happening
  const organisation =
    organisationId === null ? null : { id: organisationId, name: nameOf(world, organisationId) ?? organisationId }
  const subjectName = subjectNameOf(world, happening)
  const actor = viewActor(world, happening.actor)
  return { id, name, subject, subjectName, organisation, actor, occurredAt, isFailure: isFailure(happening), body }
}

function subjectNameOf(world: World, { subject, body }: Happening) {
  const known = nameOf(world, subject)
  if (known !== undefined) return known
  const { productId, version, name } = body
  if (typeof productId === 'string' && typeof version === 'string') return `${nameOfProduct(world, productId)} ${version}`
  return typeof name === 'string' ? name : null
}

function viewActor(world: World, id: string): View['actor'] {
  if (id === 'system') return { id, name: 'Fairway', kind: 'system' }
  return { id, name: nameOf(world, id) ?? id, kind: id.startsWith('in_') ? 'installation' : 'person' }
}

export function toCloudEvent({ id, name, subject, occurredAt, body, actor, organisationId }: Happening): Schemas['CloudEvent'] {
  return {
    specversion: '1.0',
    source: 'http://localhost:4610',
    type: `dev.fairway.${name}`,
    datacontenttype: 'application/json',
    id,
    subject,
    time: occurredAt,
    data: body,
    actor,
    ...(organisationId !== null && { organisationid: organisationId }),
  }
}

/** A place in the log as one word, as readers hand it back. */
export function writePlace({ place }: Pick<Happening, 'place'>) {
  return `1.1.${place}`
}

export function readPlace(word: string) {
  return Number(word.split('.').at(-1))
}
