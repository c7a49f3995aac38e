import { describe, expect, test } from 'vitest'
import { whatIsMissing } from './migrate.ts'

const known = [
  { name: '1-a.sql', sql: 'a', checksum: 'aa' },
  { name: '2-b.sql', sql: 'b', checksum: 'bb' },
]

describe('what is missing', () => {
  test('is what was not applied, in order', () => {
    expect(whatIsMissing(known, new Map()).map(({ name }) => name)).toEqual(['1-a.sql', '2-b.sql'])
    expect(whatIsMissing(known, new Map([['1-a.sql', 'aa']])).map(({ name }) => name)).toEqual(['2-b.sql'])
  })

  test('is refused where the database is newer than the code', () => {
    expect(() => whatIsMissing(known, new Map([['3-c.sql', 'cc']]))).toThrow(/newer Fairway \(it has 3-c\.sql/)
  })

  test('is refused where a file was changed after it was applied', () => {
    expect(() => whatIsMissing(known, new Map([['1-a.sql', 'other']]))).toThrow(/1-a\.sql was changed/)
  })
})
