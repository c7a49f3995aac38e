// Retires an installation that no longer stands at the customer: it counts no more and may not check in.
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { whereaboutsOf } from '../installation.ts'
import { changeInstallation, type ChangeParts } from './change-installation.ts'
import { mayRetire } from './installation-policy.ts'

export function retireInstallation(parts: ChangeParts, actor: Actor, id: string) {
  return changeInstallation(
    parts,
    { actor, id },
    {
      may: (installation) => mayRetire(actor, installation),
      decide({ state }) {
        if (state === 'revoked')
          throw new Refusal('conflict', 'installation.revoked', `The installation ${id} is revoked, which is more than retired.`)
        return state === 'active' ? { state: 'retired' } : undefined
      },
      tell: (tx, about, installation) =>
        announce(tx, { ...about, name: 'fleet.installation_retired', body: whereaboutsOf(installation) }),
    },
  )
}
