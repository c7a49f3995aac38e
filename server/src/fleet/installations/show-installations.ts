// Makes the views of installations; the names of their organisations are asked for once, and for staff alone.
import { type Actor, type Identity, isStaff } from '#identity'
import type { StoredInstallation } from '../installation.ts'
import type { Condition } from './condition.ts'
import { toView } from './installation-view.ts'

interface Judged {
  installation: StoredInstallation
  condition: Condition | null
}

export async function showInstallations(
  { identity }: { identity: Pick<Identity, 'organisationsByIds'> },
  actor: Actor,
  judged: Judged[],
) {
  const ids = isStaff(actor) ? [...new Set(judged.map(({ installation }) => installation.organisationId))] : []
  const names = new Map((await identity.organisationsByIds(ids)).map(({ id, name }) => [id, name]))
  return judged.map(({ installation, condition }) =>
    toView(actor, installation, { condition, organisationName: names.get(installation.organisationId) }),
  )
}
