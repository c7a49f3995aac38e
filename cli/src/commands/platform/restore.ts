// fairway restore: bring everything back from a backup.
import type { Command } from 'commander'
import { runHere } from '../../run.ts'
import { keepData } from './keep-data.ts'

export function addRestore(parent: Command) {
  parent
    .command('restore')
    .argument('<file>', 'the backup')
    .option('--force', 'in place of what is there')
    .description('bring everything back from a backup; on the machine of the server')
    .action(
      runHere<[string], { force?: boolean }>(async (_context, { args: [file], options: { force } }) => {
        const path = await keepData('restore', file, force ? ['--force'] : [])
        return { value: { file: path }, text: `Everything is back from ${path}.` }
      }),
    )
}
