// Says who runs this Fairway: the name at the head of every screen and in mails.
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { type Actor, actorLabel } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { oneLine } from '../one-line.ts'
import { mayRenameVendor } from './vendor-policy.ts'
import { saveVendorName } from './vendor-store.ts'

export async function renameVendor({ db, clock }: Pick<IdentityDeps, 'db' | 'clock'>, actor: Actor, wish: { name: string }) {
  if (!mayRenameVendor(actor))
    throw new Refusal('forbidden', 'vendor.not_yours', 'Only administrators change the name of the vendor.')
  const name = oneLine(wish.name)
  if (name === '') throw invalidField('/name', 'vendor.name_empty', 'Give the name that your customers know you by.')
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await saveVendorName(tx, name, now)
    await announce(tx, {
      name: 'identity.vendor_renamed',
      subject: 'vendor',
      actor: actorLabel(actor),
      occurredAt: now,
      body: { name },
    })
  })
  return { name }
}
