// fairway logout: forgets the token that was kept.
import type { Command } from 'commander'
import { forgetSignIn, settingsFile } from '../../reach/settings-file.ts'
import { runHere } from '../../run.ts'

export function addLogout(parent: Command) {
  parent
    .command('logout')
    .description('forget the token that fairway login kept')
    .action(
      runHere(async () => {
        await forgetSignIn(settingsFile(process.env))
        return {
          value: { signedIn: false },
          text: 'You are signed out here. The token itself still works: end it with fairway token revoke, or in the console.',
        }
      }),
    )
}
