// What identity announces, and who may hear of it; no body holds a secret.
import { type Audiences, everybodySignedIn, ownOrganisationToo, staffOnly } from '#platform/audience'
import type { MemberRole, Scope, StaffRole } from './actor.ts'

declare module '#platform/events' {
  interface Events {
    'identity.organisation_created': { organisationId: string; name: string; language: string }
    'identity.organisation_renamed': { organisationId: string; name: string; language: string }
    'identity.organisation_archived': { organisationId: string }
    'identity.organisation_restored': { organisationId: string }
    'identity.member_invited': { invitationId: string; organisationId: string; role: MemberRole }
    'identity.member_joined': { personId: string; organisationId: string; role: MemberRole }
    'identity.member_role_changed': { personId: string; organisationId: string; role: MemberRole }
    'identity.member_removed': { personId: string; organisationId: string }
    'identity.staff_invited': { invitationId: string; roles: StaffRole[] }
    'identity.staff_joined': { personId: string; roles: StaffRole[] }
    'identity.staff_roles_changed': { personId: string; roles: StaffRole[] }
    'identity.staff_removed': { personId: string }
    'identity.invitation_revoked': { invitationId: string }
    'identity.token_created': { tokenId: string; personId: string; scopes: Scope[] }
    'identity.token_revoked': { tokenId: string; personId: string }
    'identity.vendor_renamed': { name: string }
  }
}

export const identityEvents: Audiences = {
  'identity.organisation_created': ownOrganisationToo,
  'identity.organisation_renamed': ownOrganisationToo,
  'identity.organisation_archived': ownOrganisationToo,
  'identity.organisation_restored': ownOrganisationToo,
  'identity.member_invited': ownOrganisationToo,
  'identity.member_joined': ownOrganisationToo,
  'identity.member_role_changed': ownOrganisationToo,
  'identity.member_removed': ownOrganisationToo,
  'identity.staff_invited': staffOnly,
  'identity.staff_joined': staffOnly,
  'identity.staff_roles_changed': staffOnly,
  'identity.staff_removed': staffOnly,
  'identity.invitation_revoked': ownOrganisationToo,
  'identity.token_created': staffOnly,
  'identity.token_revoked': staffOnly,
  'identity.vendor_renamed': everybodySignedIn,
}
