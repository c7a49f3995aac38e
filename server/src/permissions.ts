// The one table of permissions: each word is judged by the policy that the routes ask too, so that no screen offers what a route refuses.
import { mayChangeProducts, mayChangeReleases, mayEntitle, maySteerRollouts, mayWithdraw } from '#delivery'
import { mayEnrol, mayRename, mayRevoke } from '#fleet'
import {
  type Actor,
  isStaff,
  mayManageMembers,
  mayManageOrganisations,
  mayManageStaff,
  mayRenameOrganisation,
  mayRenameVendor,
  type Permission,
  PERMISSIONS,
} from '#identity'
import { mayHandle, mayTakePart, mayWriteKnownErrors } from '#portal'

/** Of customers: in their own organisation. Of staff: in any, so it does not matter which. */
const POLICIES: Record<Permission, (actor: Actor, organisationId: string) => boolean> = {
  'releases:publish': mayChangeReleases,
  'releases:withdraw': mayWithdraw,
  'rollouts:steer': maySteerRollouts,
  'products:manage': mayChangeProducts,
  'entitlements:manage': mayEntitle,
  'installations:enrol': mayEnrol,
  'installations:manage': (actor, organisationId) => mayRename(actor, { organisationId }),
  'installations:revoke': mayRevoke,
  'inquiries:answer': (actor, organisationId) => mayTakePart(actor, { organisationId }),
  'inquiries:handle': mayHandle,
  'known-errors:write': mayWriteKnownErrors,
  'customers:manage': mayManageOrganisations,
  'organisation:rename': mayRenameOrganisation,
  'members:manage': mayManageMembers,
  'staff:manage': mayManageStaff,
  'settings:manage': mayRenameVendor,
  'log:read': isStaff,
}

export function permissionsOf(actor: Actor): Permission[] {
  const organisationId = actor.kind === 'member' ? actor.organisationId : ''
  return PERMISSIONS.filter((permission) => POLICIES[permission](actor, organisationId))
}
