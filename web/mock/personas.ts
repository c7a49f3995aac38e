// As whom one can sign in to the mock, and what each may do.
import type { Schemas } from '@fairway/client'
import type { Me, Permission } from './contract.ts'

type Role = 'administrator' | 'developer' | 'operator' | 'support' | 'viewer' | 'manager' | 'member'

const ALL: Permission[] = [
  'releases:publish',
  'releases:withdraw',
  'rollouts:steer',
  'products:manage',
  'entitlements:manage',
  'installations:enrol',
  'installations:manage',
  'installations:revoke',
  'inquiries:answer',
  'inquiries:handle',
  'known-errors:write',
  'customers:manage',
  'organisation:rename',
  'members:manage',
  'staff:manage',
  'settings:manage',
  'log:read',
]
const SCOPES: Me['scopes'] = [
  'read',
  'releases:write',
  'rollouts:write',
  'fleet:write',
  'inquiries:write',
  'identity:write',
  'metrics:read',
]
const HANDLES: Permission[] = ['inquiries:answer', 'inquiries:handle', 'log:read']

/** As the policies of the server have it. */
const MAY: Record<Role, Permission[]> = {
  administrator: ALL,
  developer: ['releases:publish', 'releases:withdraw', 'rollouts:steer', 'products:manage', 'known-errors:write', ...HANDLES],
  operator: [
    ...(['releases:withdraw', 'rollouts:steer', 'entitlements:manage'] as const),
    ...(['installations:enrol', 'installations:manage', 'installations:revoke'] as const),
    ...HANDLES,
  ],
  support: [
    'entitlements:manage',
    'installations:enrol',
    'known-errors:write',
    'customers:manage',
    'organisation:rename',
    'members:manage',
    ...HANDLES,
  ],
  viewer: ['log:read'],
  manager: ['installations:enrol', 'installations:manage', 'inquiries:answer', 'organisation:rename', 'members:manage'],
  member: ['inquiries:answer'],
}

export const STAFF: Schemas['Staff'][] = [
  { id: 'pe_operator', name: 'An operator', email: 'operator@varnhold.example', roles: ['operator'] },
  { id: 'pe_developer', name: 'A developer', email: 'developer@varnhold.example', roles: ['developer'] },
  { id: 'pe_supporta', name: 'Support A', email: 'support-a@varnhold.example', roles: ['support'] },
  { id: 'pe_supportb', name: 'Support B', email: 'support-b@varnhold.example', roles: ['support', 'operator'] },
  { id: 'pe_administrator', name: 'An administrator', email: 'administrator@varnhold.example', roles: ['administrator'] },
  { id: 'pe_viewer', name: 'A viewer', email: 'viewer@varnhold.example', roles: ['viewer'] },
]
/** Whom one signs in as, of customers, belongs here. */
export const HOME = { id: 'org_brennmoor', name: 'Brennmoor Logistics', language: 'en' }
export const MEMBERS: Schemas['Member'][] = [
  { id: 'pe_manager', name: 'A manager', email: 'manager@brennmoor.example', organisationId: HOME.id, role: 'manager' },
  { id: 'pe_member', name: 'Warehouse lead', email: 'warehouse@brennmoor.example', organisationId: HOME.id, role: 'member' },
  { id: 'pe_itlead', name: 'IT lead', email: 'it@brennmoor.example', organisationId: HOME.id, role: 'member' },
]

const SESSION = {
  credential: 'session' as const,
  scopes: SCOPES,
  grantableScopes: SCOPES,
  hasPassword: true,
  twoFactor: { totp: false, passkeys: 1 },
}

export const PERSONAS: Record<string, { words: string; me: Me }> = {
  operator: { words: 'as operator', me: staffMe('pe_operator') },
  manager: { words: 'as customer manager', me: memberMe('pe_manager') },
  developer: { words: 'as developer', me: staffMe('pe_developer') },
  support: { words: 'as support', me: staffMe('pe_supporta') },
  administrator: { words: 'as administrator', me: staffMe('pe_administrator') },
  viewer: { words: 'as viewer, who only reads', me: staffMe('pe_viewer') },
  member: { words: 'as customer member', me: memberMe('pe_member') },
}

function staffMe(personId: string): Me {
  const { id, name, email, roles } = STAFF.find((one) => one.id === personId)!
  const permissions = ALL.filter((one) => roles.some((role) => MAY[role].includes(one)))
  return { id, kind: 'staff', name, email, roles, organisation: null, permissions, ...SESSION }
}

function memberMe(personId: string): Me {
  const { id, name, email, role } = MEMBERS.find((one) => one.id === personId)!
  return { id, kind: 'member', name, email, roles: [], organisation: { ...HOME, role }, permissions: MAY[role], ...SESSION }
}
