// fairway mail: mails that Fairway sends.
import type { Command } from 'commander'
import { addListMails } from './list-mails.ts'

export function addMailCommands(program: Command) {
  const mail = program.command('mail').description('mails that Fairway sends')
  for (const add of [addListMails]) add(mail)
}
