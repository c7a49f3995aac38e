// How many inquiries there are: for the menus and heads of the screens.
import type { Handlers } from '../contract.ts'
import { msOf } from '../times.ts'
import { isOpen } from '../views/known-error-view.ts'
import type { Inquiry } from '../world.ts'

const LATELY_MS = msOf('7d')

export const inquiryCountHandlers = {
  'get /api/v1/inquiry-counts': ({ world, me }) => {
    const seen = world.inquiries.filter((one) => me.kind === 'staff' || me.organisation?.id === one.organisationId)
    const open = seen.filter(isOpen)
    const closed = seen.filter(isClosedLately)
    const count = (...statuses: Inquiry['status'][]) => open.filter(({ status }) => statuses.includes(status)).length
    const waiting = count('waits_for_customer')
    if (me.kind === 'member') return { view: 'customer', waitingForYou: waiting, open: open.length, solved7d: closed.length }
    return {
      view: 'staff',
      new: count('new'),
      withUs: count('with_us', 'reopened'),
      waitsForCustomer: waiting,
      open: open.length,
      mine: open.filter(({ assignee }) => assignee?.id === me.id).length,
      unassigned: open.filter(({ assignee }) => assignee === null).length,
      closedByThemselves: closed.filter(({ status }) => status === 'closed_by_itself').length,
      closed7d: closed.length,
    }
  },
} satisfies Handlers

function isClosedLately({ closedAt }: Inquiry) {
  return closedAt !== null && Date.parse(closedAt) > Date.now() - LATELY_MS
}
