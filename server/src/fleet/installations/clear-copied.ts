// Takes back that an installation was copied, after somebody saw to it; it is found again if two machines still live under it.
import type { Actor } from '#identity'
import { announce } from '#platform/events'
import { whereaboutsOf } from '../installation.ts'
import { changeInstallation, type ChangeParts } from './change-installation.ts'
import { mayClearCopied } from './installation-policy.ts'

export function clearCopied(parts: ChangeParts, actor: Actor, id: string) {
  return changeInstallation(
    parts,
    { actor, id },
    {
      may: () => mayClearCopied(actor),
      decide: ({ copiedAt }) => (copiedAt === null ? undefined : { copiedAt: null }),
      tell: (tx, about, installation) =>
        announce(tx, { ...about, name: 'fleet.installation_copy_cleared', body: whereaboutsOf(installation) }),
    },
  )
}
