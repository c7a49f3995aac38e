// The wire shapes of members.
import { Type } from 'typebox'
import { Fields, Id, named, OneOf, PageOf } from '#platform/schemas'

export const MEMBER_ROLES = ['member', 'manager'] as const
export const MemberRoleField = OneOf(MEMBER_ROLES)

export const MemberView = named(
  'Member',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    organisationId: Type.String(),
    role: MemberRoleField,
  }),
)
export const MemberPage = PageOf('MemberPage', MemberView)
export const MemberPath = Type.Object({ organisationId: Id, personId: Id })
export const MemberChange = named('MemberChange', Fields({ role: MemberRoleField }))
