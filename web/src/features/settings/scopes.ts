// The words of what a token may: i18next takes colons for something else.
import type { Schemas } from '#api'

export type Scope = Schemas['NewToken']['scopes'][number]

export const SCOPE_WORDS = {
  read: 'read',
  'releases:write': 'releases_write',
  'rollouts:write': 'rollouts_write',
  'fleet:write': 'fleet_write',
  'inquiries:write': 'inquiries_write',
  'identity:write': 'identity_write',
  'metrics:read': 'metrics_read',
} as const satisfies Record<Scope, string>
