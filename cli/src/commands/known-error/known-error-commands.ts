// fairway known-error: analysed causes of inquiries.
import type { Command } from 'commander'
import { addCreateKnownError } from './create-known-error.ts'
import { addListKnownErrors } from './list-known-errors.ts'
import { addShowKnownError } from './show-known-error.ts'

export function addKnownErrorCommands(program: Command) {
  const knownError = program.command('known-error').description('analysed causes of inquiries')
  for (const add of [addListKnownErrors, addCreateKnownError, addShowKnownError]) add(knownError)
}
