// The rule of staff.
import { expect, test } from 'vitest'
import type { Staff, StaffRole } from '../actor.ts'
import { whyNotChange } from './staff.ts'

const staff = (id: string, ...roles: StaffRole[]): Staff => ({
  kind: 'staff',
  id,
  name: id,
  email: `${id}@vendor.example`,
  roles,
})
const one = [staff('ann', 'administrator'), staff('bo', 'support')]
const two = [...one, staff('cy', 'administrator', 'developer')]

test.each([
  ['the last administrator steps back', one, 'ann', ['support'], 'staff.last_administrator'],
  ['the last administrator goes', one, 'ann', [], 'staff.last_administrator'],
  ['the last administrator takes another role as well', one, 'ann', ['administrator', 'viewer'], undefined],
  ['one of two goes', two, 'ann', [], undefined],
  ['somebody else goes', one, 'bo', [], undefined],
] as const)('%s', (_what, all, id, roles, reason) => {
  expect(whyNotChange([...all], id, [...roles])).toBe(reason)
})
