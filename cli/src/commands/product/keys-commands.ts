// fairway keys: the keys that sign releases.
import type { Command } from 'commander'
import { addShowKey } from './show-key.ts'

export function addKeysCommands(program: Command) {
  const keys = program.command('keys').description('the keys that sign releases')
  for (const add of [addShowKey]) add(keys)
}
