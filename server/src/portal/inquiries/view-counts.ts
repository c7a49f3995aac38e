// How many inquiries there are: for the menus and heads of the screens.
import { type Actor, actorLabel } from '#identity'
import { after } from '#platform/clock'
import type { PortalDeps } from '../deps.ts'
import type { AnyCounts } from './inquiry-list-schemas.ts'
import { maySeeInside } from './inquiry-policy.ts'
import { countInquiries } from './inquiry-queries.ts'
import { whoseInquiries } from './view-inquiries.ts'

const LATELY_MS = 7 * 86_400_000

export async function viewCounts({ db, clock }: Pick<PortalDeps, 'db' | 'clock'>, actor: Actor): Promise<AnyCounts> {
  const { closed, ...counts } = await countInquiries(db, {
    organisationId: whoseInquiries(actor),
    mineId: actorLabel(actor),
    since: after(clock.now(), -LATELY_MS),
  })
  if (maySeeInside(actor)) return { view: 'staff', ...counts, closed7d: closed }
  return { view: 'customer', waitingForYou: counts.waitsForCustomer, open: counts.open, solved7d: closed }
}
