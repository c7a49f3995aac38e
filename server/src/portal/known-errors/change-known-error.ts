// Changes a known error; the inquiries that wait for its fix are judged anew.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { wakeWatches } from '../closing/watch-store.ts'
import type { PortalDeps } from '../deps.ts'
import { asOneLine } from '../one-line.ts'
import { checkRange, refuseStrangers } from './create-known-error.ts'
import type { KnownErrorWishes } from './known-error-schemas.ts'
import { findKnownError, lockKnownError, saveKnownError } from './known-error-store.ts'

type Deps = Pick<PortalDeps, 'db' | 'clock'>

export async function changeKnownError(
  { db, clock }: Deps,
  actor: Actor,
  { id, change }: { id: string; change: KnownErrorWishes },
) {
  // Customers cannot tell one that they may not see from one that they may not change.
  if (actor.kind === 'member' || !(await findKnownError(db, id)))
    throw new Refusal('not_found', 'known_error.unknown', `There is no known error ${id}.`)
  refuseStrangers(actor)
  checkRange(change.affectedVersions)
  const now = clock.now()

  await db.transaction().execute(async (tx) => {
    const error = await lockKnownError(tx, id)
    const { affectedVersions, title, ...rest } = change
    const next = {
      ...error,
      ...rest,
      title: title === undefined ? error.title : asOneLine(title, '/title'),
      affectedRange: affectedVersions ?? error.affectedRange,
      changedAt: now,
    }
    await saveKnownError(tx, next)
    await wakeWatches(tx, { knownErrorIds: [id] }, now)
    await announce(tx, {
      name: 'portal.known_error_changed',
      subject: id,
      actor: actorLabel(actor),
      occurredAt: now,
      body: { knownErrorId: id, productId: error.productId, state: next.state, changed: Object.keys(change) },
    })
  })
}
