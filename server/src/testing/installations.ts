// Makes installations for stories, over the face of fleet, as an agent would: enrolled, with a key and a token.
import { createSigningKey, signProof } from '@fairway/trust'
import type { Fleet } from '#fleet'
import { SYSTEM } from '#identity'
import { newId, newSecret } from '#platform/ids'

type WithFleet = { fleet: Fleet }

export interface InstallationWish {
  organisationId?: string
  productId?: string
  channel?: string
  name?: string
  platform?: string
  arch?: string
}

/** Where Fairways of stories are, unless the story says otherwise. */
const ORIGIN = 'http://localhost:4600'

export type AnInstallation = Awaited<ReturnType<typeof anInstallation>>

/** Enrolled and with a token; it has not checked in yet. */
export async function anInstallation({ fleet }: WithFleet, wish: InstallationWish = {}) {
  const {
    organisationId = newId('or'),
    productId = 'till',
    channel = 'stable',
    name = newId('till'),
    platform = 'linux',
    arch = 'x64',
  } = wish
  const key = createSigningKey()
  const enrolment = await fleet.createEnrolment(SYSTEM, { organisationId, productId, channel, name })
  const installation = await fleet.enrol({ token: enrolment.token, publicKey: key.publicKey, platform, arch })
  const run = await aRun({ fleet }, { installationId: installation.id, key })
  return { installation, key, ...run }
}

/** The agent starts (again): a new instance of the same identity, with a token of its own. */
export async function aRun({ fleet }: WithFleet, { installationId, key, instance = newSecret(), origin = ORIGIN }: ARun) {
  const { nonce } = fleet.issueNonce()
  const signature = signProof({ origin, installationId, instance, nonce }, key.privateKey)
  const { token } = await fleet.exchangeProof({ installationId, instance, nonce, signature })
  return { instance, token, headers: { authorization: `Bearer ${token}` } }
}

export interface ARun {
  installationId: string
  key: { privateKey: string }
  instance?: string
  origin?: string
}
