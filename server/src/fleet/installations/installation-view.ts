// What somebody is shown of an installation: customers what is theirs, staff also how we treat it.
import { fingerprintOf } from '@fairway/trust'
import { type Actor, isStaff } from '#identity'
import type { StoredInstallation } from '../installation.ts'

export function toView(actor: Actor, installation: StoredInstallation) {
  const { id, organisationId, productId, channel, name, platform, arch, state, version, releaseId, health } = installation
  const shown = {
    id,
    organisationId,
    productId,
    channel,
    name,
    platform,
    arch,
    state,
    version,
    releaseId,
    health,
    healthySince: installation.healthySince?.toISOString() ?? null,
    copied: installation.copiedAt !== null,
    enrolledAt: installation.enrolledAt.toISOString(),
    lastSeenAt: installation.lastSeenAt?.toISOString() ?? null,
  }
  if (!isStaff(actor)) return shown
  return {
    ...shown,
    copiedAt: installation.copiedAt?.toISOString() ?? null,
    refusedReleaseIds: installation.refusedReleaseIds,
    keyFingerprint: fingerprintOf(installation.publicKey),
  }
}
