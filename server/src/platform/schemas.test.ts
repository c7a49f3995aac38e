import { describe, expect, test } from 'vitest'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Email, Fields, Id, Int32, Slug, Text, Timestamp, Version } from './schemas.ts'

const accepts = (schema: TSchema, value: unknown) => Compile(schema).Check(value)

describe('nothing that PostgreSQL would refuse passes', () => {
  test.each<[string, TSchema, unknown[], unknown[]]>([
    ['Text', Text(5), ['a', 'naïve', '🙂'], ['', 'a\u0000', '\ud800', 'toolong', 7, null]],
    ['Int32', Int32(), [0, -2_147_483_648, 2_147_483_647], [2_147_483_648, 1.5, 1e189, '1', null]],
    [
      'Timestamp',
      Timestamp,
      ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.123Z'],
      ['0000-01-01T00:00:00Z', '2016-12-31T23:59:60Z', '2026-13-01T00:00:00Z', '2026-11-23', '9999-12-31T23:59:59Z'],
    ],
    [
      'Version',
      Version,
      ['1.0.0', '1.0.0-beta.1+x'],
      ['1.0', 'v1.0.0', '01.0.0', '1.0.99999999999999999999', `1.0.0-${'x'.repeat(100)}`],
    ],
    ['Id', Id, ['in_8fk2m4', 'INQ-2041'], ['../x', 'in_', 'in_\u0000', 'x'.repeat(60)]],
    ['Slug', Slug, ['till', 'a', 'a-1'], ['-a', 'A', 'a_b', '__proto__', '']],
    ['Email', Email, ['a@b.example', 'a+b@sub.example'], ['a', '@b', 'a@', 'a b@c', 'a@b\u0000', 'ä@b.example', 'a@b..\n']],
  ])('%s', (_name, schema, right, wrong) => {
    for (const value of right) expect(accepts(schema, value), String(value)).toBe(true)
    for (const value of wrong) expect(accepts(schema, value), JSON.stringify(value)).toBe(false)
  })
})

test('a field that nobody knows is refused', () => {
  expect(accepts(Fields({ a: Slug }), { a: 'x', b: 1 })).toBe(false)
})
