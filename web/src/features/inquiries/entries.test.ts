// The order of a conversation, and what stands in it.
import { describe, expect, it } from 'vitest'
import type { Schemas } from '#api'
import { entriesOf } from './entries.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 12, 8, minute)).toISOString()
const file = (name: string, by: string, minute: number): Schemas['Attachment'] => ({
  id: name,
  name,
  mediaType: 'text/plain',
  size: 1,
  sha256: '',
  addedBy: { name: by },
  createdAt: at(minute),
})

const inquiry: Schemas['InquiryForStaff'] = {
  view: 'staff',
  id: 'INQ-1',
  organisationId: 'org_1',
  organisation: { id: 'org_1', name: 'Bakery' },
  kind: 'incident_report',
  title: 'It hangs',
  text: 'Since nine.',
  status: 'with_us',
  solvedIn: null,
  createdAt: at(0),
  changedAt: at(9),
  closedAt: null,
  openedBy: { id: 'pe_1', name: 'Ann' },
  assignee: null,
  waitsSince: null,
  suggestions: [],
  proof: null,
  fix: null,
  knownError: { id: 'KE-1', title: 'Hangs', workaround: '' },
  installations: [],
  stations: [
    { station: 'reported', state: 'done', at: at(0), version: null, detail: null },
    { station: 'cause', state: 'done', at: at(4), version: null, detail: { knownError: 'KE-1' } },
    { station: 'fix', state: 'now', at: null, version: '1.1.0', detail: null },
  ],
  messages: [
    { id: 'm1', from: 'staff', author: { name: 'Bo' }, text: 'Looking.', createdAt: at(5) },
    { id: 'm2', from: 'member', author: { name: 'Ann' }, text: 'Thanks.', createdAt: at(7) },
  ],
  notes: [{ id: 'n1', author: { id: 'pe_2', name: 'Bo' }, text: 'Again?', createdAt: at(6) }],
  attachments: [file('log.txt', 'Ann', 1), file('late.txt', 'Bo', 8)],
}

describe('the entries of a conversation', () => {
  it('stand in the order in which they happened, facts and notes among words', () => {
    expect(entriesOf(inquiry).map(({ key }) => key)).toEqual(['question', 'cause', 'm1', 'n1', 'm2', 'late.txt'])
  })

  it('begin with the question, even where its fix was published before it was asked', () => {
    const fixed = { station: 'fix' as const, state: 'done' as const, at: at(-60), version: '1.1.0', detail: null }

    expect(entriesOf({ ...inquiry, stations: [fixed] }).map(({ key }) => key)[0]).toBe('question')
  })

  it('hold a file with the words that its sender wrote just before, and alone otherwise', () => {
    const entries = entriesOf(inquiry)

    expect(entries[0]).toMatchObject({ kind: 'said', attachments: [{ name: 'log.txt' }] })
    expect(entries.at(-1)).toMatchObject({ kind: 'file', author: 'Bo' })
  })

  it('have no notes where the customer looks', () => {
    const { notes: _, ...rest } = inquiry
    const mine = { ...rest, view: 'customer' as const, openedBy: { name: 'Ann' } }

    expect(entriesOf(mine).filter(({ kind }) => kind === 'note')).toEqual([])
  })

  it('say that a person closed it, and mark the sentence of what closed by itself', () => {
    const closed = entriesOf({ ...inquiry, status: 'closed', closedAt: at(9) })
    const proof = { version: '1.1.0', at: at(9), installations: [], silent: [] }
    const byItself = entriesOf({
      ...inquiry,
      status: 'closed_by_itself',
      closedAt: at(9),
      proof,
      messages: [{ id: 'm3', from: 'system', author: null, text: 'Fixed.', createdAt: at(9) }],
    })

    expect(closed.at(-1)).toMatchObject({ fact: { name: 'closed' } })
    expect(byItself.at(-1)).toMatchObject({ fact: { name: 'system', isClosing: true } })
  })
})
