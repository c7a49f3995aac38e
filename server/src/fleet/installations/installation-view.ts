// What somebody is shown of an installation: customers what is theirs, staff also how we treat it.
import { fingerprintOf } from '@fairway/trust'
import { type Actor, isStaff } from '#identity'
import type { StoredInstallation } from '../installation.ts'
import type { Condition } from './condition.ts'

/** What is said of it beside its row. */
export interface Judged {
  condition: Condition | null
  /** Staff alone are told. */
  organisationName: string | undefined
}

export function toView(actor: Actor, installation: StoredInstallation, { condition, organisationName }: Judged) {
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
    condition,
    healthySince: installation.healthySince?.toISOString() ?? null,
    copied: installation.copiedAt !== null,
    enrolledAt: installation.enrolledAt.toISOString(),
    lastSeenAt: installation.lastSeenAt?.toISOString() ?? null,
  }
  if (!isStaff(actor)) return shown
  return {
    ...shown,
    // Organisations are archived, never removed; the id is for what was written by hand.
    organisation: { id: organisationId, name: organisationName ?? organisationId },
    copiedAt: installation.copiedAt?.toISOString() ?? null,
    refusedReleaseIds: installation.refusedReleaseIds,
    keyFingerprint: fingerprintOf(installation.publicKey),
  }
}
