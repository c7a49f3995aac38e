// The inquiries that are open now, in every state there is.
import { idOf } from '../dice.ts'
import { ago } from '../times.ts'
import type { Inquiry, Installation } from '../world.ts'
import { organisationId } from './customers.ts'
import { newInquiry, reportedBy } from './open-inquiry.ts'

type Installations = ReadonlyMap<string, Installation>
const PEOPLE = {
  a: { id: 'pe_supporta', name: 'Support A' },
  b: { id: 'pe_supportb', name: 'Support B' },
  developer: { id: 'pe_developer', name: 'A developer' },
}

interface Asked {
  id: string
  customer: string
  title: string
  text: string
  asked: string
  /** Names of the installations that it names. */
  about: string[]
  kind?: Inquiry['kind']
}

export function asked(installations: Installations, told: Asked, more: Partial<Inquiry> = {}): Inquiry {
  const { id, customer, title, text, asked, about, kind = 'incident_report' } = told
  const owner = organisationId(customer)
  const openedBy =
    owner === 'org_brennmoor'
      ? { id: 'pe_member', name: 'Warehouse lead' }
      : { id: owner.replace('org_', 'pe_lead'), name: 'Shift lead' }
  const own = about.length > 0 ? [...installations.values()].filter((one) => one.organisationId === owner) : []
  const named = own.filter(({ name }) => about.includes(name)).map(reportedBy)
  const opening = { organisationId: owner, kind, title, text, installations: named, openedBy, createdAt: ago(asked) }
  return { ...newInquiry(id, opening), ...more }
}

type Side = 'member' | 'staff' | 'system'

export function message(from: Side, name: string, said: { text: string; at: string }): Inquiry['messages'][number] {
  const author = from === 'system' ? null : { name }
  return { id: idOf('me', `${name} ${said.text}`), from, author, text: said.text, createdAt: said.at }
}

/** Newest first. */
export function openInquiries(installations: Installations): Inquiry[] {
  return [
    nothingPrints,
    printerIsQuiet,
    blankScreen,
    secondPrinter,
    temperatureLog,
    invoiceExport,
    blankPage,
    dairyPrinter,
    barrier,
  ].map((one) => one(installations))
}

function nothingPrints(installations: Installations) {
  return asked(installations, {
    id: 'INQ-2052',
    customer: 'Halvik Freight',
    asked: '6m',
    about: ['Crossdock Halvik'],
    title: 'Nothing prints since the sync, shift starts at 15:00',
    text: 'All five stations of the crossdock stand still. The sync ran an hour ago. We need labels before the shift.',
  })
}

function printerIsQuiet(installations: Installations) {
  const told = {
    id: 'INQ-2051',
    customer: 'Sandholt Parcel',
    asked: '23m',
    about: ['Depot Sandholt'],
    title: 'Label printer at packing 3 is quiet',
    text: 'Packing 3 has not printed a label for half an hour. The printer shows ready. The other stations work, but slower than usual. We have a truck leaving at 17:00.',
  }
  const image = { id: 'at_printer', name: 'printer-status.jpg', mediaType: 'image/jpeg', size: 212_000, sha256: '0'.repeat(64) }
  return asked(installations, told, {
    status: 'with_us',
    assignee: PEOPLE.a,
    waitsSince: ago('23m'),
    changedAt: ago('15m'),
    attachments: [
      {
        ...image,
        addedBy: { name: 'Shift lead' },
        createdAt: ago('22m 30s'),
      },
    ],
    notes: [
      {
        id: 'no_samelock',
        author: PEOPLE.b,
        text: 'Same lock as KE-118? Their night sync was started by hand, see timeline.',
        createdAt: ago('15m'),
      },
    ],
  })
}

function blankScreen(installations: Installations) {
  const told = {
    id: 'INQ-2050',
    customer: 'Brennmoor Logistics',
    asked: '4h 10m',
    about: ['Gate terminals, Südtor'],
    title: 'Gate terminal 4 shows a blank screen',
    text: 'Since the power was away for a moment, terminal 4 is dark. The other three work.',
  }
  const text = 'Is the small lamp beside the slot green or amber? With that we know which part to send.'
  return asked(installations, told, {
    status: 'waits_for_customer',
    assignee: PEOPLE.b,
    waitsSince: null,
    changedAt: ago('2h 58m'),
    messages: [
      message('staff', 'Support B', {
        text,
        at: ago('2h 58m'),
      }),
    ],
  })
}

function secondPrinter(installations: Installations) {
  const told = {
    id: 'INQ-2049',
    customer: 'Brennmoor Logistics',
    asked: '1h 47m',
    about: ['Nordhafen warehouse'],
    kind: 'service_request' as const,
    title: 'Second label printer per packing station',
    text: 'We would like a second printer at stations 1 to 6, for returns. What do we have to change?',
  }
  return asked(installations, told, {
    status: 'with_us',
    assignee: PEOPLE.a,
    waitsSince: ago('1h 47m'),
    changedAt: ago('1h 20m'),
  })
}

function temperatureLog(installations: Installations) {
  return asked(installations, {
    id: 'INQ-2048',
    customer: 'Osterkamp Cold Chain',
    asked: '2h 30m',
    about: [],
    kind: 'question' as const,
    title: 'Where do I see the temperature log of truck 14?',
    text: 'The auditor asks for the log of last week. I find the trucks, but no log.',
  })
}

function invoiceExport(installations: Installations) {
  const told = {
    id: 'INQ-2046',
    customer: 'Morrowdale Retail',
    asked: '4h',
    about: ['Distribution A'],
    title: 'Invoice export has two columns swapped',
    text: 'Net and gross changed places in the export. Our bookkeeping refuses the file.',
  }
  const text = 'We see it, too. A developer looks into it today.'
  return asked(installations, told, {
    status: 'with_us',
    assignee: PEOPLE.developer,
    waitsSince: ago('3h 30m'),
    changedAt: ago('3h 30m'),
    messages: [
      message('staff', 'Support A', {
        text,
        at: ago('3h 30m'),
      }),
    ],
  })
}

function blankPage(installations: Installations) {
  const told = {
    id: 'INQ-2045',
    customer: 'Ellerby Pharma',
    asked: '2d 3h',
    about: ['Lab store'],
    title: 'Sign-in page is blank on one tablet',
    text: 'The tablet at the lab door shows a white page. It was fine last week.',
  }
  return asked(installations, told, {
    status: 'reopened',
    assignee: PEOPLE.a,
    waitsSince: ago('5h 12m'),
    changedAt: ago('5h 12m'),
    messages: [
      message('staff', 'Support A', {
        text: 'The tablet keeps an old page. Clear its website data once.',
        at: ago('2d 1h'),
      }),
      message('member', 'Shift lead', {
        text: 'It came back this morning.',
        at: ago('5h 12m'),
      }),
    ],
  })
}

function dairyPrinter(installations: Installations) {
  const told = {
    id: 'INQ-2043',
    customer: 'Pellmore Dairies',
    asked: '4d 2h',
    about: ['Milk tanks'],
    title: 'Printer in the dairy office stops each morning',
    text: 'We restart it by hand every day. Can this be repaired?',
  }
  return asked(installations, told, { ...onItsWay('KE-118', '4d 1h'), assignee: PEOPLE.b })
}

function barrier(installations: Installations) {
  const told = {
    id: 'INQ-2038',
    customer: 'Tarnwick Foods',
    asked: '4d 5h',
    about: ['Yard control'],
    title: 'Gate barrier opens twice',
    text: 'It opens, closes, and opens again for nobody. Drivers take it for an invitation.',
  }
  return asked(installations, told, { ...onItsWay('KE-112', '4d'), assignee: PEOPLE.b })
}

function onItsWay(knownErrorId: string, linked: string): Partial<Inquiry> {
  return { status: 'fix_on_its_way', knownErrorId, linkedAt: ago(linked), waitsSince: null, changedAt: ago('3d 20h') }
}
