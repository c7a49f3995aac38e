// The stations of an inquiry as a table: what is reached, what is awaited, and since when.
import { expect, test } from 'vitest'
import { type StationFacts, stationsOf } from './stations.ts'

const at = (time: string) => new Date(`2026-11-12T${time}:00.000Z`)
const asked: StationFacts = {
  createdAt: at('08:14'),
  cause: null,
  fix: null,
  because: '',
  arrived: [],
  awaited: [],
  closed: null,
}
const linked: StationFacts = { ...asked, cause: { knownErrorId: 'KE-118', at: at('15:40') }, because: 'no_fix' }
const published: StationFacts = {
  ...linked,
  fix: { version: '1.4.2', publishedAt: at('17:02') },
  because: 'not_installed',
  awaited: ['Südtor'],
}
const proving: StationFacts = {
  ...published,
  because: 'proving',
  arrived: [
    { name: 'Südtor', version: '1.4.2', since: at('18:03') },
    { name: 'Nordhafen', version: '1.4.2', since: at('17:30') },
  ],
}
const fixed: StationFacts = { ...proving, because: 'fixed', awaited: [], closed: { at: at('18:18'), byItself: true } }

test.each<[string, StationFacts, string]>([
  ['a question that nobody has looked at', asked, 'done now to_come to_come to_come'],
  [
    'a question that a person closed',
    { ...asked, closed: { at: at('09:00'), byItself: false } },
    'done to_come to_come to_come to_come',
  ],
  ['its cause is known', linked, 'done done now to_come to_come'],
  ['its cause is known, and nobody has looked for a fix yet', { ...linked, because: '' }, 'done done now to_come to_come'],
  ['the fix is published and not there', published, 'done done done now to_come'],
  ['the fix is published, and nobody reports', { ...published, because: 'nobody_reports' }, 'done done done now to_come'],
  ['the fix is there, and has to prove itself', proving, 'done done done done now'],
  ['the fix is there, and not healthy', { ...proving, because: 'not_healthy' }, 'done done done done now'],
  ['closed by itself', fixed, 'done done done done done'],
  [
    'closed by a person while it proved itself',
    { ...proving, closed: { at: at('18:10'), byItself: false } },
    'done done done done to_come',
  ],
  [
    'closed by a person while it was on its way',
    { ...published, closed: { at: at('18:10'), byItself: false } },
    'done done done to_come to_come',
  ],
  [
    'reopened: its fix is not believed any more',
    { ...fixed, fix: null, arrived: [], closed: null },
    'done done now to_come to_come',
  ],
  ['reopened: it went back, the fix is', { ...published, because: 'fixed' }, 'done done done now to_come'],
  ['reopened: healthy since before that', { ...proving, because: 'healthy_before_reopening' }, 'done done done done now'],
  ['none of the installations ever had it', { ...published, because: 'nothing_to_fix' }, 'done done done to_come to_come'],
  ['its fix was withdrawn while it proved itself', { ...proving, fix: null }, 'done done now to_come to_come'],
])('%s', (_title, facts, states) => {
  expect(
    stationsOf(facts)
      .map((one) => one.state)
      .join(' '),
  ).toBe(states)
})

test('each station says since when, in which version and by what', () => {
  expect(stationsOf(fixed)).toEqual([
    { station: 'reported', state: 'done', at: at('08:14'), version: null, detail: null },
    { station: 'cause', state: 'done', at: at('15:40'), version: null, detail: { knownError: 'KE-118' } },
    { station: 'fix', state: 'done', at: at('17:02'), version: '1.4.2', detail: null },
    { station: 'installed', state: 'done', at: at('18:03'), version: '1.4.2', detail: { installation: 'Südtor' } },
    { station: 'healthy', state: 'done', at: at('18:18'), version: '1.4.2', detail: null },
  ])
})

test('what is awaited is named where it is one, and counted elsewhere where it is many', () => {
  const stationAt = (facts: StationFacts) => stationsOf(facts)[3]

  expect(stationAt(published)).toMatchObject({ at: null, version: '1.4.2', detail: { installation: 'Südtor' } })
  expect(stationAt({ ...published, awaited: ['Südtor', 'Nordhafen'] })).toMatchObject({ version: '1.4.2', detail: null })
})

test('one that is not healthy has come at a time that nobody kept', () => {
  const facts = {
    ...proving,
    because: 'not_healthy',
    arrived: [...proving.arrived, { name: 'Ost', version: '1.4.3', since: null }],
  }

  expect(stationsOf(facts)[3]).toMatchObject({ at: null, version: '1.4.3', detail: { installation: 'Ost' } })
})

test('a known error that the reader may not see is not named', () => {
  expect(stationsOf({ ...linked, cause: { knownErrorId: undefined, at: at('15:40') } })[1]).toEqual({
    station: 'cause',
    state: 'done',
    at: at('15:40'),
    version: null,
    detail: null,
  })
})
