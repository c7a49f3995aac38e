// The nouns of fairway, in the order in which help shows them.
import type { Command } from 'commander'
import { addChannelCommands } from './channel/channel-commands.ts'
import { addInquiryCommands } from './inquiry/inquiry-commands.ts'
import { addInstallationCommands } from './installation/installation-commands.ts'
import { addKeysCommands } from './keys/keys-commands.ts'
import { addKnownErrorCommands } from './known-error/known-error-commands.ts'
import { addOrganisationCommands } from './organisation/organisation-commands.ts'
import { addMailCommands } from './platform/mail-commands.ts'
import { addProductCommands } from './product/product-commands.ts'
import { addReleaseCommands } from './release/release-commands.ts'
import { addRolloutCommands } from './rollout/rollout-commands.ts'
import { addTokenCommands } from './token/token-commands.ts'

export function addNouns(program: Command) {
  addProductCommands(program)
  addKeysCommands(program)
  addChannelCommands(program)
  addReleaseCommands(program)
  addRolloutCommands(program)
  addInstallationCommands(program)
  addInquiryCommands(program)
  addKnownErrorCommands(program)
  addOrganisationCommands(program)
  addTokenCommands(program)
  addMailCommands(program)
}
