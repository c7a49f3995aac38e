// What fleet announces, and who may hear of it.
import { type Audiences, ownOrganisationToo } from '#platform/audience'
import type { Health } from './installation.ts'

/** Where an installation belongs, so that nobody has to ask back. */
export interface Whereabouts {
  installationId: string
  organisationId: string
  productId: string
  channel: string
}

declare module '#platform/events' {
  interface Events {
    'fleet.enrolment_created': { enrolmentId: string; organisationId: string; productId: string; channel: string; name: string }
    'fleet.installation_enrolled': Whereabouts & { name: string; platform: string; arch: string }
    /** Something that a check-in tells has changed. */
    'fleet.installation_reported': Whereabouts & {
      version: string | null
      releaseId: string | null
      health: Health
      previous: { version: string | null; health: Health }
    }
    'fleet.installation_copied': Whereabouts
    'fleet.installation_copy_cleared': Whereabouts
    'fleet.installation_renamed': Whereabouts & { name: string }
    'fleet.installation_retired': Whereabouts
    'fleet.installation_revoked': Whereabouts
    /** How a release ended on an installation. */
    'fleet.outcome_changed': Whereabouts & {
      releaseId: string
      kind: 'healthy' | 'failed' | 'rolled_back'
      reason: string | null
    }
  }
}

export const fleetEvents: Audiences = {
  'fleet.enrolment_created': ownOrganisationToo,
  'fleet.installation_enrolled': ownOrganisationToo,
  'fleet.installation_reported': ownOrganisationToo,
  'fleet.installation_copied': ownOrganisationToo,
  'fleet.installation_copy_cleared': ownOrganisationToo,
  'fleet.installation_renamed': ownOrganisationToo,
  'fleet.installation_retired': ownOrganisationToo,
  'fleet.installation_revoked': ownOrganisationToo,
  'fleet.outcome_changed': ownOrganisationToo,
}
