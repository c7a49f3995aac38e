// What the settings show: tokens, mails, invitations, sessions, and an event that waits for a person.
import type { Schemas } from '@fairway/client'
import { after, ago, msOf } from '../times.ts'

export function tokens(): Schemas['Token'][] {
  const token = (id: string, name: string, more: Partial<Schemas['Token']>): Schemas['Token'] => ({
    id,
    name,
    scopes: ['read'],
    createdAt: ago('90d'),
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...more,
  })
  return [
    token('tk_build', 'Build server', { scopes: ['read', 'releases:write'], lastUsedAt: ago('3h') }),
    token('tk_meter', 'Dashboard', {
      scopes: ['metrics:read'],
      lastUsedAt: ago('20s'),
      expiresAt: after(Date.now(), msOf('40d')),
    }),
    token('tk_trial', 'Trial of the CLI', { createdAt: ago('200d'), revokedAt: ago('150d') }),
  ]
}

export function mails(): Schemas['Mail'][] {
  const mail = (id: string, to: string, more: Partial<Schemas['Mail']>): Schemas['Mail'] => ({
    id,
    to,
    subject: 'Solved: Labels stop printing after the night sync (INQ-2041)',
    text: null,
    ...{
      state: 'sent',
      attempts: 1,
      lastError: null,
      createdAt: ago('2h'),
      sentAt: ago('2h'),
    },
    ...more,
  })
  return [
    mail('ma_solved', 'warehouse@brennmoor.example', {}),
    mail('ma_invite', 'dispatcher@halvik.example', {
      subject: 'You are invited to Varnhold',
      state: 'failed',
      attempts: 6,
      sentAt: null,
      createdAt: ago('1d 3h'),
      lastError: '550 5.1.1 mailbox unavailable',
    }),
  ]
}

export function invitations(): Schemas['Invitation'][] {
  const open = { state: 'open' as const, createdAt: ago('1d'), expiresAt: after(Date.now(), msOf('6d')) }
  return [
    {
      id: 'fwi_developer',
      email: 'second-developer@varnhold.example',
      organisationId: null,
      role: null,
      roles: ['developer'],
      ...open,
    },
    {
      id: 'fwi_night',
      email: 'night-shift@brennmoor.example',
      organisationId: 'org_brennmoor',
      role: 'member',
      roles: null,
      ...open,
    },
    {
      id: 'fwi_late',
      email: 'yard@brennmoor.example',
      organisationId: 'org_brennmoor',
      role: 'member',
      roles: null,
      ...{
        state: 'expired',
        createdAt: ago('30d'),
        expiresAt: ago('23d'),
      },
    },
  ]
}

export function sessions(): Schemas['Session'][] {
  const here = {
    id: 'ss_here',
    isCurrent: true,
    createdAt: ago('40m'),
    expiresAt: after(Date.now(), msOf('7d')),
    ipAddress: '192.0.2.14',
  }
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0'
  return [
    { ...here, userAgent },
    {
      ...here,
      id: 'ss_tablet',
      isCurrent: false,
      createdAt: ago('3d'),
      ipAddress: '192.0.2.77',
      userAgent: 'Mozilla/5.0 (iPad) Safari/605.1',
    },
  ]
}

export function parked(): Schemas['ParkedEvent'][] {
  const lastError = 'The mail server refused the sender.'
  return [
    {
      reaction: 'portal.tell',
      eventId: 'ev_12',
      subject: 'INQ-2046',
      state: 'parked',
      attempts: 8,
      nextAt: ago('1h'),
      lastError,
    },
  ]
}
