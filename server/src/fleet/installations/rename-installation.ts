// Gives an installation another name.
import type { Actor } from '#identity'
import { announce } from '#platform/events'
import { whereaboutsOf } from '../installation.ts'
import { changeInstallation, type ChangeParts } from './change-installation.ts'
import { mayRename } from './installation-policy.ts'

export function renameInstallation(parts: ChangeParts, actor: Actor, { id, name }: { id: string; name: string }) {
  return changeInstallation(
    parts,
    { actor, id },
    {
      may: (installation) => mayRename(actor, installation),
      decide: (installation) => (installation.name === name ? undefined : { name }),
      tell: (tx, about, installation) =>
        announce(tx, { ...about, name: 'fleet.installation_renamed', body: { ...whereaboutsOf(installation), name } }),
    },
  )
}
