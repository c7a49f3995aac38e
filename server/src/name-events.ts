// Asks each module, once for a page, how the things are called that its events name.
import type { Delivery } from '#delivery'
import type { Fleet } from '#fleet'
import type { Identity } from '#identity'
import type { Portal } from '#portal'
import type { Event } from '#platform/events'
import { idsIn, kindOf, type NamedKind, productIn } from './timeline.ts'

export interface NamingFaces {
  identity: Pick<Identity, 'organisationsByIds' | 'peopleByIds'>
  fleet: Pick<Fleet, 'installationsByIds'>
  delivery: Pick<Delivery, 'findProduct'>
  portal: Pick<Portal, 'titlesByIds'>
}

/** Id, or product, → name; what nobody knows any more is not in it. */
export async function nameEvents(
  { identity, fleet, delivery, portal }: NamingFaces,
  events: Event[],
): Promise<Map<string, string>> {
  const ids = [...new Set(events.flatMap(idsIn))]
  const of = (...kinds: NamedKind[]) => ids.filter((id) => kinds.some((kind) => kind === kindOf(id)))
  const products = [...new Set(events.flatMap(({ body }) => productIn(body) ?? []))]
  const named = await Promise.all([
    identity.peopleByIds(of('person')),
    identity.organisationsByIds(of('organisation')),
    fleet.installationsByIds(of('installation')),
    portal.titlesByIds(of('inquiry', 'known_error')),
    // A page is about a handful of products.
    Promise.all(products.map((id) => delivery.findProduct(id))),
  ])
  return new Map(named.flat().flatMap((one) => (one ? [[one.id, one.name] as const] : [])))
}
