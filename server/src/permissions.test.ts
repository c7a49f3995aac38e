// What each role may do, as a table: the words that screens go by.
import { expect, test } from 'vitest'
import { ANONYMOUS, type Member, PERMISSIONS, type Permission, type Staff, type StaffRole } from '#identity'
import { permissionsOf } from './permissions.ts'

const person = { id: 'pe_1', name: 'Somebody', email: 'somebody@vendor.example' }
const staff = (...roles: StaffRole[]): Staff => ({ ...person, kind: 'staff', roles })
const member = (role: Member['role']): Member => ({ ...person, kind: 'member', organisationId: 'org_1', role })

const DEVELOPER: Permission[] = [
  'releases:publish',
  'releases:withdraw',
  'rollouts:steer',
  'products:manage',
  'inquiries:answer',
  'inquiries:handle',
  'known-errors:write',
  'log:read',
]
const OPERATOR: Permission[] = [
  'releases:withdraw',
  'rollouts:steer',
  'entitlements:manage',
  'installations:enrol',
  'installations:manage',
  'installations:revoke',
  'inquiries:answer',
  'inquiries:handle',
  'log:read',
]
const SUPPORT: Permission[] = [
  'entitlements:manage',
  'installations:enrol',
  'inquiries:answer',
  'inquiries:handle',
  'known-errors:write',
  'customers:manage',
  'organisation:rename',
  'members:manage',
  'log:read',
]

test.each<[string, Staff | Member, Permission[]]>([
  ['an administrator', staff('administrator'), [...PERMISSIONS]],
  ['a developer', staff('developer'), DEVELOPER],
  ['an operator', staff('operator'), OPERATOR],
  ['support', staff('support'), SUPPORT],
  ['a viewer', staff('viewer'), ['log:read']],
  ['support that develops', staff('support', 'developer'), PERMISSIONS.filter((one) => [...DEVELOPER, ...SUPPORT].includes(one))],
  ['a member', member('member'), ['inquiries:answer']],
  [
    'a manager',
    member('manager'),
    ['installations:enrol', 'installations:manage', 'inquiries:answer', 'organisation:rename', 'members:manage'],
  ],
])('%s', (_title, actor, expected) => {
  expect(permissionsOf(actor)).toEqual(expected)
})

test('nobody may do nothing', () => {
  expect(permissionsOf(ANONYMOUS)).toEqual([])
})
