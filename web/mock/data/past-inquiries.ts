// The inquiries that are done: those that closed by themselves, with their proof, and older ones that a person closed.
import { ago, before, msOf } from '../times.ts'
import type { Inquiry, Installation } from '../world.ts'
import { asked, message } from './inquiries.ts'

type Installations = ReadonlyMap<string, Installation>
const SUPPORT = { id: 'pe_supportb', name: 'Support B' }
const FIX = '1.4.2'

/** Newest first. */
export function pastInquiries(installations: Installations): Inquiry[] {
  return [labelsStop(installations), ...provenElsewhere(installations), ...closedByPeople(installations)]
}

function labelsStop(installations: Installations): Inquiry {
  const told = {
    id: 'INQ-2041',
    customer: 'Brennmoor Logistics',
    asked: '4d 6h',
    about: ['Südtor warehouse'],
    title: 'Labels stop printing after the night sync',
    text: 'Since this morning no labels come out in hall 2. The print queue shows 180 jobs waiting. Restarting the printers does not help.',
  }
  const answer =
    'We found the cause: the night sync of 1.4.1 leaves a lock behind. Until the fix is with you, restart the print service after 06:00.\n\n1.4.2 is on its way. You do not need to ask again, this page will tell you.'
  const inquiry = proven(asked(installations, told), { closed: '2h', linked: '3d 22h 40m' })
  const image = { id: 'at_queue', name: 'print-queue.png', mediaType: 'image/png', size: 84_000, sha256: '1'.repeat(64) }
  return {
    ...inquiry,
    attachments: [{ ...image, addedBy: { name: 'Warehouse lead' }, createdAt: ago('4d 5h 59m') }],
    messages: [
      message('staff', 'Support B', { text: answer, at: ago('3d 22h 34m') }),
      message('member', 'Warehouse lead', { text: 'The restart helps until the next morning. Thanks.', at: ago('3d 22h') }),
      ...inquiry.messages,
    ],
  }
}

/** Closed by itself: its installations run the fix, healthy. */
function proven(inquiry: Inquiry, { closed, linked }: { closed: string; linked: string }): Inquiry {
  const closedAt = ago(closed)
  const healthySince = before(closedAt, msOf('15m'))
  const installations = inquiry.installations.map(({ installationId, name }) => ({
    installationId,
    name,
    version: FIX,
    healthySince,
  }))
  const where = installations.map(({ name }) => name).join(', ')
  return {
    ...inquiry,
    status: 'closed_by_itself',
    closedAt,
    changedAt: closedAt,
    waitsSince: null,
    assignee: SUPPORT,
    ...{
      knownErrorId: 'KE-118',
      linkedAt: ago(linked),
    },
    installations: inquiry.installations.map((one) => ({
      ...one,
      version: '1.4.1',
    })),
    proof: {
      version: FIX,
      at: closedAt,
      installations,
      silent: [],
    },
    messages: [
      message('system', inquiry.id, {
        text: `Fixed in ${FIX}, running healthy on ${where}.`,
        at: closedAt,
      }),
    ],
  }
}

const ELSEWHERE = [
  'Queue stands still in the morning',
  'No labels in hall 1',
  'Printers wait although they are ready',
  'Labels come an hour late',
  'Print jobs pile up overnight',
  'Shipping labels missing after the sync',
  'Label station needs a restart every day',
  'Morning shift has no labels',
]

/** Eight more since the release, at customers whose installations have it. */
function provenElsewhere(installations: Installations): Inquiry[] {
  const running = [...installations.values()].filter((one) => one.version === FIX && one.organisationId !== 'org_brennmoor')
  return ELSEWHERE.map((title, index) => {
    const one = running[index * 13]
    const text = 'Labels stay in the queue since last night. What can we do?'
    const told = { id: `INQ-${2037 - index}`, customer: one ? customerOf(one) : '', title, text, asked: `${4 + index / 8}d` }
    const named = asked(installations, { ...told, about: one ? [one.name] : [] })
    return proven(named, { closed: `${9 + index * 8}h`, linked: '3d 23h' })
  })
}

/** `org_halvik` → a name that leads back to it. */
function customerOf({ organisationId }: Installation) {
  return organisationId.slice('org_'.length)
}

const ANSWERED = [
  ['How do I add a packing station?', 'question'],
  ['Scanner 12 does not pair', 'incident_report'],
  ['Shift report in German', 'question'],
  ['More storage for the archive', 'service_request'],
  ['Forklift terminal loses the network', 'incident_report'],
  ['Who may change the update window?', 'question'],
] as const

function closedByPeople(installations: Installations): Inquiry[] {
  return Array.from({ length: 19 }, (_, index) => {
    const [title, kind] = ANSWERED[index % ANSWERED.length]!
    const days = 12 + index * 6
    const told = {
      id: `INQ-${1987 - index * 9}`,
      customer: 'Brennmoor Logistics',
      title,
      text: `${title} We could not find it in the guide.`,
      kind,
    }
    const closedAt = ago(`${days - 1}d`)
    return asked(
      installations,
      { ...told, asked: `${days}d`, about: ['Nordhafen warehouse'] },
      {
        status: 'closed',
        closedAt,
        changedAt: closedAt,
        waitsSince: null,
        assignee: SUPPORT,
        messages: [
          message('staff', 'Support B', {
            text: 'Done. It works from now on.',
            at: before(closedAt, msOf('2h')),
          }),
        ],
      },
    )
  })
}
