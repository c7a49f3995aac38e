// Writes into the log of a world what happened, and tells those who listen.
import type { Happening, World } from './world.ts'

type Fact = Pick<Happening, 'name' | 'subject'> & Partial<Pick<Happening, 'actor' | 'organisationId' | 'body'>>

export function happen(world: World, fact: Fact) {
  const happening = note(world, { ...fact, occurredAt: new Date().toISOString() })
  for (const listener of world.listeners) listener(happening)
}

/** Something of the past: nobody is told. */
export function note(world: World, fact: Fact & Pick<Happening, 'occurredAt'>): Happening {
  const place = world.log.length + 1
  const happening = { actor: 'system', organisationId: null, body: {}, ...fact, place, id: `ev_${place}` }
  world.log.push(happening)
  return happening
}

/** Where an installation belongs, as its events say it. */
export function whereabouts({
  id,
  organisationId,
  productId,
  channel,
}: Record<'id' | 'organisationId' | 'productId' | 'channel', string>) {
  return { installationId: id, organisationId, productId, channel }
}
