// What an invitation is: a link by mail to one address, for one place, used once within a week.
import type { Place } from '../people/add-person.ts'

export const DAYS = 7
export const LASTS_MS = DAYS * 86_400_000

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired'

export interface Invitation {
  id: string
  email: string
  place: Place
  invitedBy: string
  createdAt: Date
  expiresAt: Date
  acceptedAt: Date | null
  revokedAt: Date | null
}

export function stateOf({ acceptedAt, revokedAt, expiresAt }: Invitation, now: Date): InvitationState {
  if (acceptedAt) return 'accepted'
  if (revokedAt) return 'revoked'
  return expiresAt <= now ? 'expired' : 'open'
}
