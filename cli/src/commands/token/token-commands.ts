// fairway token: API tokens.
import type { Command } from 'commander'
import { addCreateToken } from './create-token.ts'
import { addListTokens } from './list-tokens.ts'
import { addRevokeToken } from './revoke-token.ts'

export function addTokenCommands(program: Command) {
  const token = program.command('token').description('API tokens')
  for (const add of [addListTokens, addCreateToken, addRevokeToken]) add(token)
}
