// What an API token is: `fw_<id>_<secret>`, of which only a digest is kept, and what it may carry.
import { createHash, timingSafeEqual } from 'node:crypto'
import { newId, newSecret } from '#platform/ids'
import { type Actor, type Scope, SCOPES, type StaffRole } from '../actor.ts'

const FORM = /^fw_([0-9a-z]{16})_([A-Za-z0-9_-]{43})$/

const SCOPES_OF_ROLE: Record<StaffRole, readonly Scope[]> = {
  administrator: SCOPES,
  developer: ['read', 'releases:write', 'rollouts:write', 'fleet:write', 'inquiries:write', 'metrics:read'],
  operator: ['read', 'releases:write', 'rollouts:write', 'fleet:write', 'inquiries:write', 'metrics:read'],
  support: ['read', 'fleet:write', 'inquiries:write', 'identity:write'],
  viewer: ['read', 'metrics:read'],
}
const SCOPES_OF_MEMBERS: readonly Scope[] = ['read', 'inquiries:write']

/** The most that a token of this person may do; fewer roles later make its tokens weaker too. */
export function grantableScopes(actor: Actor): Scope[] {
  if (actor.kind === 'member') return [...SCOPES_OF_MEMBERS]
  if (actor.kind !== 'staff') return []
  return SCOPES.filter((scope) => actor.roles.some((role) => SCOPES_OF_ROLE[role].includes(scope)))
}

export function makeToken() {
  const id = newId('tk')
  const secret = newSecret()
  return { id, digest: digestOf(secret), text: `fw_${id.slice(3)}_${secret}` }
}

/** Undefined: not one of ours. */
export function readToken(text: string) {
  const [, id, secret] = FORM.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id: `tk_${id}`, secret }
}

export function isSecretOf(digest: Buffer, secret: string) {
  return timingSafeEqual(digest, digestOf(secret))
}

/** 256 random bits need no slow hash. */
export function digestOf(secret: string) {
  return createHash('sha256').update(secret).digest()
}

/** What stands against using a token now, or undefined. */
export function whyNotUse(token: { expiresAt: Date | null; revokedAt: Date | null }, now: Date) {
  if (token.revokedAt) return 'token.revoked'
  if (token.expiresAt && token.expiresAt <= now) return 'token.expired'
  return undefined
}

/** What a request needs of a token; `undefined` asks for every scope (request.ts). */
export function lacksScope(held: readonly Scope[], { method, scope }: { method: string; scope: Scope | undefined }) {
  const wanted = scope ?? (method === 'GET' || method === 'HEAD' ? 'read' : undefined)
  const needed = wanted ? [wanted] : SCOPES
  return needed.filter((one) => !held.includes(one))
}
