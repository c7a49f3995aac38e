// fairway organisation: customers.
import type { Command } from 'commander'
import { addCreateOrganisation } from './create-organisation.ts'
import { addEntitleOrganisation } from './entitle-organisation.ts'
import { addListOrganisations } from './list-organisations.ts'

export function addOrganisationCommands(program: Command) {
  const organisation = program.command('organisation').description('customers')
  for (const add of [addListOrganisations, addCreateOrganisation, addEntitleOrganisation]) add(organisation)
}
