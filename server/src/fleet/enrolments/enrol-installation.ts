// Turns a token and a key into an installation; the same token and key again give the same installation.
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId } from '#platform/ids'
import type { Tx } from '#platform/db'
import type { FleetParts } from '../deps.ts'
import { type StoredInstallation, whereaboutsOf } from '../installation.ts'
import { addInstallation, lockInstallation } from '../installations/installation-store.ts'
import { type Enrolment, isPublicKey, readToken, whyNotEnrol } from './enrolment.ts'
import { lockEnrolment, saveUse } from './enrolment-store.ts'

export interface EnrolmentRequest {
  token: string
  publicKey: string
  platform: string
  arch: string
  name?: string | undefined
}

const REFUSALS = {
  'enrolment.unknown': ['unauthenticated', 'There is no such enrolment token. Make a new one and run the new command.'],
  'enrolment.expired': ['unauthenticated', 'This enrolment token was good for one hour, which is over. Make a new one.'],
  'enrolment.used': ['conflict', 'This enrolment token was used by another installation. Each needs a token of its own.'],
} as const

export async function enrolInstallation(
  { db, clock, roster }: Pick<FleetParts, 'db' | 'clock' | 'roster'>,
  request: EnrolmentRequest,
) {
  if (!isPublicKey(request.publicKey)) {
    throw invalidField(
      '/publicKey',
      'enrolment.key_malformed',
      'must be an Ed25519 public key: 32 bytes as base64url without padding',
    )
  }
  const { id, secret } = readToken(request.token) ?? { id: '', secret: '' }
  const now = clock.now()

  const installation = await db.transaction().execute(async (tx) => {
    const enrolment = await lockEnrolment(tx, id)
    const reason = whyNotEnrol(enrolment, { secret, publicKey: request.publicKey, now })
    if (reason || !enrolment) throw refusalFor(reason ?? 'enrolment.unknown')
    const before = enrolment.installationId === null ? undefined : await lockInstallation(tx, enrolment.installationId)
    return before ?? addNew(tx, newInstallation(enrolment, request, now), enrolment.id)
  })
  roster.put(installation)
  return installation
}

async function addNew(tx: Tx, installation: StoredInstallation, enrolmentId: string) {
  const { name, platform, arch, publicKey } = installation
  await addInstallation(tx, installation)
  await saveUse(tx, enrolmentId, { publicKey, installationId: installation.id })
  await announce(tx, {
    name: 'fleet.installation_enrolled',
    subject: installation.id,
    actor: installation.id,
    organisationId: installation.organisationId,
    occurredAt: installation.enrolledAt,
    body: { ...whereaboutsOf(installation), name, platform, arch },
  })
  return installation
}

function newInstallation(enrolment: Enrolment, request: EnrolmentRequest, now: Date): StoredInstallation {
  const { organisationId, productId, channel } = enrolment
  const { publicKey, platform, arch } = request
  return {
    id: newId('in'),
    organisationId,
    productId,
    channel,
    platform,
    arch,
    publicKey,
    // Agents send their host name by themselves; what a person wrote into the command is meant.
    name: enrolment.name || request.name || enrolment.id,
    state: 'active',
    version: null,
    releaseId: null,
    health: 'unknown',
    healthySince: null,
    refusedReleaseIds: [],
    instance: null,
    instanceSince: null,
    supersededInstances: [],
    copiedAt: null,
    enrolledAt: now,
    lastSeenAt: null,
    revision: 1,
  }
}

function refusalFor(reason: keyof typeof REFUSALS) {
  const [kind, message] = REFUSALS[reason]
  return new Refusal(kind, reason, message)
}
