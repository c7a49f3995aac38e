// Ends the access of an installation, because its key is in the wrong hands or must be thought so.
import type { Actor } from '#identity'
import { announce } from '#platform/events'
import { whereaboutsOf } from '../installation.ts'
import { changeInstallation, type ChangeParts } from './change-installation.ts'
import { mayRevoke } from './installation-policy.ts'

export function revokeInstallation(parts: ChangeParts, actor: Actor, id: string) {
  return changeInstallation(
    parts,
    { actor, id },
    {
      may: () => mayRevoke(actor),
      decide: ({ state }) => (state === 'revoked' ? undefined : { state: 'revoked' }),
      tell: (tx, about, installation) =>
        announce(tx, { ...about, name: 'fleet.installation_revoked', body: whereaboutsOf(installation) }),
    },
  )
}
