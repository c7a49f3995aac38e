// Who is asking, and the few questions about that which every policy asks.
export type StaffRole = 'administrator' | 'developer' | 'operator' | 'support' | 'viewer'
export type MemberRole = 'member' | 'manager'

/** What a token may do; a session may do all that its person may. */
export const SCOPES = [
  'read',
  'releases:write',
  'rollouts:write',
  'fleet:write',
  'inquiries:write',
  'identity:write',
  'metrics:read',
] as const
export type Scope = (typeof SCOPES)[number]

export interface Person {
  id: string
  name: string
  email: string
}

export interface Staff extends Person {
  kind: 'staff'
  roles: StaffRole[]
}

export interface Member extends Person {
  kind: 'member'
  organisationId: string
  role: MemberRole
}

/** Loops and reactions: what Fairway does by itself. */
export interface System {
  kind: 'system'
}

export interface Anonymous {
  kind: 'anonymous'
}

export type Actor = Staff | Member | System | Anonymous

export const SYSTEM: System = { kind: 'system' }
export const ANONYMOUS: Anonymous = { kind: 'anonymous' }

/** Staff with one of these roles; administrators have every role, and the system may do what any staff may. */
export function hasRole(actor: Actor, ...roles: StaffRole[]) {
  if (actor.kind === 'system') return true
  return actor.kind === 'staff' && (actor.roles.includes('administrator') || roles.some((role) => actor.roles.includes(role)))
}

/** Any of the vendor's people, viewers included; and the system. */
export function isStaff(actor: Actor) {
  return actor.kind === 'staff' || actor.kind === 'system'
}

export function isMemberOf(actor: Actor, organisationId: string) {
  return actor.kind === 'member' && actor.organisationId === organisationId
}

/** How the log names who did it. */
export function actorLabel(actor: Actor) {
  return actor.kind === 'staff' || actor.kind === 'member' ? actor.id : actor.kind
}
