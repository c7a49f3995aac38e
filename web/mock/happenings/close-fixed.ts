// Inquiries close by themselves once all of their installations run the fix, healthy for a moment.
import { message } from '../data/inquiries.ts'
import { happen } from '../happen.ts'
import { msOf, nowIso } from '../times.ts'
import { isOpen } from '../views/known-error-view.ts'
import { installationsOf, viewFix } from '../views/station-view.ts'
import type { Inquiry, World } from '../world.ts'

const PROVES_FOR_MS = msOf('15s')

export function closeFixed(world: World) {
  for (const inquiry of world.inquiries) if (isProven(world, inquiry)) close(world, inquiry)
}

function isProven(world: World, inquiry: Inquiry) {
  if (inquiry.knownErrorId === null || !isOpen(inquiry)) return false
  const installations = installationsOf(world, inquiry)
  if (installations.length === 0 || viewFix(world, inquiry)?.because !== 'proving') return false
  return installations.every(({ healthySince }) => healthySince !== null && Date.parse(healthySince) < Date.now() - PROVES_FOR_MS)
}

function close(world: World, inquiry: Inquiry) {
  const { id, organisationId, knownErrorId } = inquiry
  const at = nowIso()
  const version = viewFix(world, inquiry)?.version ?? ''
  const running = installationsOf(world, inquiry)
  const installations = running.map((one) => ({
    installationId: one.id,
    name: one.name,
    version: one.version ?? version,
    healthySince: one.healthySince ?? at,
  }))
  const text = `Fixed in ${version}, running healthy on ${running.map(({ name }) => name).join(', ')}.`
  inquiry.messages.push(message('system', id, { text, at }))
  const proof = { version, at, installations, silent: [] }
  Object.assign(inquiry, { status: 'closed_by_itself', closedAt: at, changedAt: at, waitsSince: null, proof })
  const body = { inquiryId: id, by: 'itself', knownErrorId, version, installationIds: running.map((one) => one.id) }
  happen(world, { name: 'portal.inquiry_closed', subject: id, organisationId, body })
}
