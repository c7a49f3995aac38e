// fairway backup: write everything into one file: database, artifacts, keys.
import type { Command } from 'commander'
import { runHere } from '../../run.ts'
import { keepData } from './keep-data.ts'

export function addBackup(parent: Command) {
  parent
    .command('backup')
    .argument('<file>', 'where to')
    .description('write everything into one file: database, artifacts, keys; on the machine of the server')
    .action(
      runHere<[string]>(async (_context, { args: [file] }) => {
        const path = await keepData('backup', file)
        return { value: { file: path }, text: `Everything is in ${path}.` }
      }),
    )
}
