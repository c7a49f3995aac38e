// fairway installation: running copies at customers.
import type { Command } from 'commander'
import { addEnrollInstallation } from './enroll-installation.ts'
import { addListInstallations } from './list-installations.ts'
import { addRetireInstallation } from './retire-installation.ts'
import { addRevokeInstallation } from './revoke-installation.ts'
import { addShowInstallation } from './show-installation.ts'

export function addInstallationCommands(program: Command) {
  const installation = program.command('installation').description('running copies at customers')
  for (const add of [
    addListInstallations,
    addShowInstallation,
    addEnrollInstallation,
    addRetireInstallation,
    addRevokeInstallation,
  ])
    add(installation)
}
