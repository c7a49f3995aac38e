// The public face of identity; nothing else in this folder may be imported from outside it.
export {
  type Actor,
  actorLabel,
  ANONYMOUS,
  hasRole,
  isMemberOf,
  isStaff,
  type Member,
  type MemberRole,
  type Person,
  type Scope,
  SCOPES,
  type Staff,
  type StaffRole,
  SYSTEM,
} from './actor.ts'
export { createIdentity, type Identity, type Organisation } from './identity.ts'
export type { NewPerson, Place } from './people/add-person.ts'
export { grantableScopes } from './tokens/token.ts'
export {
  mayManageMembers,
  mayManageOrganisations,
  mayManageStaff,
  mayRenameOrganisation,
} from './organisations/organisation-policy.ts'
export { mayRenameVendor } from './vendor/vendor-policy.ts'
export { type Permission, PERMISSIONS } from './permission.ts'
import './request.ts'
export { identityEvents } from './events.ts'
export { identityWords } from './words.ts'
