// The wire shapes of invitations.
import { Type } from 'typebox'
import { Email, Fields, Id, named, Nullable, OneOf } from '#platform/schemas'
import { MemberRoleField } from '../members/member-schemas.ts'
import { StaffRolesField } from '../staff/staff-schemas.ts'

export const InvitationView = named(
  'Invitation',
  Type.Object({
    id: Type.String(),
    email: Type.String(),
    organisationId: Nullable(Type.String({ description: 'Null: to be staff.' })),
    role: Nullable(MemberRoleField),
    roles: Nullable(StaffRolesField),
    state: OneOf(['open', 'accepted', 'revoked', 'expired']),
    createdAt: Type.String(),
    expiresAt: Type.String(),
  }),
)
export const InvitationList = named(
  'InvitationList',
  Type.Object({ items: Type.Array(InvitationView) }, { description: 'The latest 200.' }),
)
export const InvitationPath = Type.Object({ invitationId: Id })
export const NewMemberInvitation = named('NewMemberInvitation', Fields({ email: Email, role: MemberRoleField }))
export const NewStaffInvitation = named('NewStaffInvitation', Fields({ email: Email, roles: StaffRolesField }))
