// The names of people for the screens, asked in one go.
import type { PortalDeps } from './deps.ts'

export interface Named {
  id: string
  name: string
}

/** @returns the person of an id; who is not known any more has no name but their id. */
export async function namePeople(
  { identity }: Pick<PortalDeps, 'identity'>,
  ids: (string | null)[],
): Promise<(id: string) => Named> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const people = new Map((await identity.peopleByIds(wanted)).map((person) => [person.id, person.name]))
  return (id) => ({ id, name: people.get(id) ?? id })
}
