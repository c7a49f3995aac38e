// The wire shapes of staff.
import { Type } from 'typebox'
import { Fields, Id, named, OneOf } from '#platform/schemas'

const STAFF_ROLES = ['administrator', 'developer', 'operator', 'support', 'viewer'] as const
export const StaffRolesField = Type.Array(OneOf(STAFF_ROLES), { minItems: 1, maxItems: STAFF_ROLES.length })

export const StaffView = named(
  'Staff',
  Type.Object({ id: Type.String(), name: Type.String(), email: Type.String(), roles: Type.Array(OneOf(STAFF_ROLES)) }),
)
export const StaffList = named('StaffList', Type.Object({ items: Type.Array(StaffView) }))
export const StaffPath = Type.Object({ personId: Id })
export const StaffChange = named('StaffChange', Fields({ roles: StaffRolesField }))
