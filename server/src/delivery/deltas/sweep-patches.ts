// Forgets patches that nobody can use any more, takes up work that was left lying, and removes what killed work left on disk.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after } from '#platform/clock'
import { holdContent } from '../artifacts/content-ledger-store.ts'
import { heldUntil } from '../artifacts/keep-content.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { MakeDeps } from './make-patch.ts'
import { listForgotten, listPatchedProducts, removeOutworn } from './patch-store.ts'

/** An installation may be switched off over the weekend, and a new release may be for those who run an old one. */
const KEPT_MS = 7 * 24 * 3_600_000
const FORGOTTEN_AFTER_MS = 3_600_000
const LEFT_BEHIND_MS = 24 * 3_600_000

export async function sweepPatches(deps: MakeDeps & Pick<DeliveryDeps, 'fleet'>) {
  for (const productId of await listPatchedProducts(deps.db)) await sweepProduct(deps, productId)
  await resumeForgotten(deps)
  await removeLeftBehind(deps.workDir)
}

async function sweepProduct({ db, clock, fleet }: MakeDeps & Pick<DeliveryDeps, 'fleet'>, productId: string) {
  const running = (await fleet.countRunning({ productId })).flatMap(({ releaseId }) => releaseId ?? [])
  await db.transaction().execute(async (tx) => {
    const contents = await removeOutworn(tx, { productId, running, before: after(clock.now(), -KEPT_MS) })
    // A download may have begun while it was known.
    for (const sha256 of contents) await holdContent(tx, sha256, heldUntil(clock))
  })
}

async function resumeForgotten({ db, clock, jobs }: MakeDeps) {
  const forgotten = await listForgotten(db, after(clock.now(), -FORGOTTEN_AFTER_MS))
  await db.transaction().execute(async (tx) => {
    for (const releaseId of forgotten) await jobs.send(tx, 'make-patches', { releaseId })
  })
}

/** By the clock of the disk. */
async function removeLeftBehind(workDir: string) {
  const names = await readdir(workDir).catch(() => [])
  for (const name of names) {
    const found = await stat(join(workDir, name)).catch(() => undefined)
    if (found && found.mtimeMs < Date.now() - LEFT_BEHIND_MS) await rm(join(workDir, name), { recursive: true, force: true })
  }
}
