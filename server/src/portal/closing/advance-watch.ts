// One transition of the loop that closes: looks whether the fix is proven, or still holds, and does what follows from it.
import type { Claim } from '#platform/loops'
import type { PortalDeps } from '../deps.ts'
import { findInquiry } from '../inquiries/inquiry-store.ts'
import { findKnownError } from '../known-errors/known-error-store.ts'
import { closeByItself } from './close-by-itself.ts'
import { listFixes } from './fixes-of.ts'
import { judgeGuard } from './judge-guard.ts'
import { judgeInquiry } from './judge-inquiry.ts'
import { goOnWatching } from './go-on-watching.ts'
import { reopenByItself } from './reopen-by-itself.ts'
import type { Watch } from './watch.ts'
import { findWatch, listWatched, lockClaimedWatch, saveWatch } from './watch-store.ts'

export async function advanceWatch(deps: PortalDeps, claim: Claim) {
  const watch = await findWatch(deps.db, claim.id)
  if (watch?.epoch !== claim.epoch) return
  if (watch.state === 'watching') return advanceWatching(deps, watch)
  if (watch.state === 'guarding') return advanceGuarding(deps, watch)
  return endWatch(deps, watch)
}

async function advanceWatching(deps: PortalDeps, watch: Watch) {
  const { db, clock, delivery, fleet, timing } = deps
  const error = await findKnownError(db, watch.knownErrorId)
  const product = error && (await delivery.findProduct(error.productId))
  if (!product) return endWatch(deps, watch)
  const watched = await listWatched(db, watch.id)
  const installations = await fleet.installationsByIds(watched.map((one) => one.installationId))
  const fixes = await listFixes(delivery, { ...watch, distrusted: watch.distrustedReleaseIds })

  const question = {
    ...fixes,
    now: clock.now(),
    timing,
    bakeMs: product.bakeSeconds * 1000,
    affectedRange: error.affectedRange,
    watched,
    installations,
    trustFrom: watch.trustFrom,
  }
  const judgement = judgeInquiry(question)

  if (judgement.kind === 'fixed') return closeByItself(deps, watch, judgement)
  return goOnWatching(deps, watch, { judgement, fixes: fixes.fixes })
}

async function advanceGuarding(deps: PortalDeps, watch: Watch) {
  const { db, clock, delivery, fleet } = deps
  const inquiry = await findInquiry(db, watch.id)
  if (!inquiry?.closing || !watch.guardUntil) return endWatch(deps, watch)
  const { proof } = inquiry.closing
  const installations = await fleet.installationsByIds(proof.map((one) => one.installationId))
  const fixes = await listFixes(delivery, watch)

  const judgement = judgeGuard({ ...fixes, now: clock.now(), guardUntil: watch.guardUntil, proof, installations })

  if (judgement.kind === 'over') return endWatch(deps, watch)
  if (judgement.kind === 'broken') return reopenByItself(deps, watch, judgement)
  return saveClaimed(deps, { ...watch, nextAt: judgement.nextAt })
}

function endWatch(deps: PortalDeps, watch: Watch) {
  return saveClaimed(deps, { ...watch, state: 'done', nextAt: null })
}

async function saveClaimed({ db }: PortalDeps, watch: Watch) {
  await db.transaction().execute(async (tx) => {
    if (await lockClaimedWatch(tx, watch)) await saveWatch(tx, watch)
  })
}
