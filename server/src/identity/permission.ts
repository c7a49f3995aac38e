// What screens offer or hide: words for what somebody may do. Which policy judges each stands in server/src/permissions.ts.
export const PERMISSIONS = [
  'releases:publish',
  'releases:withdraw',
  'rollouts:steer',
  'products:manage',
  'entitlements:manage',
  'installations:enrol',
  'installations:manage',
  'installations:revoke',
  'inquiries:answer',
  'inquiries:handle',
  'known-errors:write',
  'customers:manage',
  'organisation:rename',
  'members:manage',
  'staff:manage',
  'settings:manage',
  'log:read',
] as const
export type Permission = (typeof PERMISSIONS)[number]
