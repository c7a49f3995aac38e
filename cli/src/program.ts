// The command tree of fairway: every command stands here once.
import { Command } from 'commander'
import { addNouns } from './commands/nouns.ts'
import { addBackup } from './commands/platform/backup.ts'
import { addRestore } from './commands/platform/restore.ts'
import { addLogin } from './commands/session/login.ts'
import { addLogout } from './commands/session/logout.ts'
import { addWhoami } from './commands/session/whoami.ts'
import { EXIT_HELP } from './exit-codes.ts'

export const VERSION = '0.1.0'

export function createProgram() {
  const program = new Command('fairway')
    .description('Ship a release once: every installation gets it safely, and everyone can see it happen.')
    // Not --version: that is an option of releases.
    .version(VERSION, '-V', 'the version of this program')
    .option('--json', 'print one JSON document on stdout; remarks and progress go to stderr')
    .option('--quiet', 'no remarks and no progress')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText('after', EXIT_HELP)
  for (const add of [addLogin, addLogout, addWhoami]) add(program)
  addNouns(program)
  for (const add of [addBackup, addRestore]) add(program)
  return program
}
