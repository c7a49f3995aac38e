// fairway channel: named streams of releases.
import type { Command } from 'commander'
import { addCreateChannel } from './create-channel.ts'
import { addListChannels } from './list-channels.ts'

export function addChannelCommands(program: Command) {
  const channel = program.command('channel').description('named streams of releases')
  for (const add of [addListChannels, addCreateChannel]) add(channel)
}
