// What an organisation may be called.
import { invalidField } from '#platform/errors'
import { oneLine } from '../one-line.ts'

export function nameOfOrganisation(wish: string) {
  const name = oneLine(wish)
  if (name === '') throw invalidField('/name', 'organisation.name_empty', 'Give the name that people know the organisation by.')
  return name
}
