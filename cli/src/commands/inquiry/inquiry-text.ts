// How an inquiry reads in a terminal: what is known, what was said, what closed it.
import type { Schemas } from '@fairway/client'
import { facts, instant, section } from '../../terminal/layout.ts'

export type Inquiry = Schemas['Inquiry'] | Schemas['InquiryForStaff']

export function textOf(inquiry: Inquiry) {
  const { id, title, kind, status, knownError, createdAt, closedAt, solvedIn, installations } = inquiry
  const staff = inquiry.view === 'staff' ? { customer: inquiry.organisation.name, assignee: inquiry.assignee?.name } : {}
  const known = facts({
    inquiry: id,
    title,
    kind,
    status,
    ...staff,
    'opened by': inquiry.openedBy.name,
    opened: instant(createdAt),
    installations: installations.map((one) => `${one.name} (${one.version ?? 'version unknown'}, ${one.health})`).join(', '),
    'known error': knownError && `${knownError.id} ${knownError.title}`,
    closed: closedAt && instant(closedAt),
    'solved in': solvedIn,
  })
  const messages = inquiry.messages.map((one) => section(`${instant(one.createdAt)}, ${one.author?.name ?? one.from}`, one.text))
  const notes =
    inquiry.view === 'staff'
      ? inquiry.notes.map((one) => section(`Note, ${instant(one.createdAt)}, ${one.author.name}`, one.text))
      : []
  return [known, section('Inquiry', inquiry.text), ...messages, ...notes].join('')
}
