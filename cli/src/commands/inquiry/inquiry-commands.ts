// fairway inquiry: what customers ask.
import type { Command } from 'commander'
import { addAnswerInquiry } from './answer-inquiry.ts'
import { addCloseInquiry } from './close-inquiry.ts'
import { addLinkInquiry } from './link-inquiry.ts'
import { addListInquiries } from './list-inquiries.ts'
import { addNoteInquiry } from './note-inquiry.ts'
import { addOpenInquiry } from './open-inquiry.ts'
import { addReopenInquiry } from './reopen-inquiry.ts'
import { addShowInquiry } from './show-inquiry.ts'

export function addInquiryCommands(program: Command) {
  const inquiry = program.command('inquiry').description('what customers ask')
  for (const add of [
    addListInquiries,
    addShowInquiry,
    addOpenInquiry,
    addAnswerInquiry,
    addNoteInquiry,
    addCloseInquiry,
    addReopenInquiry,
    addLinkInquiry,
  ])
    add(inquiry)
}
