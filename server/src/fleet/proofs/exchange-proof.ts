// Gives an installation a token for its signature over a nonce, and notices when two machines live under one identity.
import { createSigningKey, verifyProof } from '@fairway/trust'
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { FleetParts } from '../deps.ts'
import { type StoredInstallation, whereaboutsOf } from '../installation.ts'
import { findInstallation, lockInstallation, saveChange } from '../installations/installation-store.ts'
import { issueAgentToken } from './agent-token.ts'
import { isSuperseded, takeOver } from './instance.ts'
import { type Nonce, readNonce } from './nonce.ts'
import { useNonce } from './nonce-store.ts'

export interface TokenRequest {
  installationId: string
  instance: string
  nonce: string
  signature: string
}

/** An unknown installation is checked against this one: it must take as long as a wrong signature. */
const NOBODYS_KEY = createSigningKey().publicKey

export async function exchangeProof(
  parts: Pick<FleetParts, 'db' | 'clock' | 'secrets' | 'publicUrl' | 'roster'>,
  request: TokenRequest,
) {
  const { db, clock, roster } = parts
  const nonce = readNonce(parts, request.nonce)
  if (!nonce) throw nonceStale()
  const found = await findInstallation(db, request.installationId)
  const proof = { ...request, origin: new URL(parts.publicUrl).origin }
  const isTheirs = verifyProof(proof, request.signature, found?.publicKey ?? NOBODYS_KEY)
  if (!found || !isTheirs) {
    throw new Refusal(
      'unauthenticated',
      'agent.signature_wrong',
      'The signature is not one of this installation over this nonce and this server.',
    )
  }

  const now = clock.now()
  const installation = await db.transaction().execute((tx) => takeTurn(tx, { ...request, nonce, now }))
  roster.put(installation)
  return issueAgentToken(parts, installation.id, request.instance)
}

async function takeTurn(
  tx: Tx,
  turn: { installationId: string; instance: string; nonce: Nonce; now: Date },
): Promise<StoredInstallation> {
  const installation = await lockInstallation(tx, turn.installationId)
  if (installation?.state !== 'active') throw revoked()
  // Only now, so that nobody without the key can make us write anything.
  if (!(await useNonce(tx, turn.nonce))) throw nonceStale()
  if (installation.instance === turn.instance) return installation
  const isCopy = installation.copiedAt === null && isSuperseded(installation, { instance: turn.instance, at: turn.now })
  if (isCopy) {
    await announce(tx, {
      name: 'fleet.installation_copied',
      subject: installation.id,
      actor: installation.id,
      organisationId: installation.organisationId,
      occurredAt: turn.now,
      body: whereaboutsOf(installation),
    })
  }
  return saveChange(tx, installation.id, {
    ...takeOver(installation, { instance: turn.instance, at: turn.now }),
    ...(isCopy && { copiedAt: turn.now }),
  })
}

export function revoked() {
  return new Refusal(
    'unauthenticated',
    'agent.revoked',
    'This installation was revoked or retired. Ask your operator; enrol it again to bring it back.',
  )
}

function nonceStale() {
  return new Refusal(
    'unauthenticated',
    'agent.nonce_stale',
    'The nonce is too old, was used before, or is not ours. Get a new one.',
  )
}
