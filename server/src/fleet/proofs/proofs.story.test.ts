// The story of who is asking: nonces, proofs, tokens, copies, and the end of access.
import { createSigningKey, signProof } from '@fairway/trust'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId, newSecret } from '#platform/ids'
import { type AnInstallation, anInstallation, aRun } from '#testing/installations'
import { aStaff } from '#testing/people'
import type { CheckIn } from '../installation.ts'
import { eventsOf, openFleet, ORIGIN, type TestFleet } from '../testing/open-fleet.ts'

const CHECK_IN: CheckIn = { version: '1.0.0', releaseId: 're_1', health: 'healthy', platform: 'linux', arch: 'x64', refused: [] }

type Proof = { installationId: string; instance: string; nonce: string; signature: string }

/** A right proof, in which `wrong` changes what is signed and `sent` what is said. */
function aProof(
  { fleet }: TestFleet,
  { installation, key }: AnInstallation,
  wrong: { nonce?: string; origin?: string; instance?: string } = {},
): Proof {
  const proof = {
    origin: ORIGIN,
    installationId: installation.id,
    instance: newSecret(),
    nonce: fleet.issueNonce().nonce,
    ...wrong,
  }
  return { ...proof, signature: signProof(proof, key.privateKey) }
}

function reasonOf(act: () => unknown) {
  try {
    act()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'no refusal'
}

function usedNonces({ db }: TestFleet) {
  return db.selectFrom('fleet.used_nonce').select('id').execute()
}

test('a proof becomes a token, and the token says who asks', async () => {
  const process = await openFleet()
  const till = await anInstallation(process, { name: 'till-3' })

  const known = process.fleet.identify(till.token)

  expect(known).toMatchObject({
    instance: till.instance,
    installation: { id: till.installation.id, productId: 'till', state: 'active' },
  })
})

test('a nonce works once, on whichever process, also when asked at once', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  const proof = aProof(process, till)

  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, place) => (place % 2 ? process : second).fleet.exchangeProof(proof)),
  )

  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ kind: 'unauthenticated', code: 'agent.nonce_stale' })
})

test('a nonce is good for a minute by the clock of the server', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  const early = aProof(process, till)
  const late = aProof(process, till)

  process.clock.advance(55_000)
  await expect(process.fleet.exchangeProof(early)).resolves.toMatchObject({ expiresInSeconds: 900 })
  process.clock.advance(6000)

  await expect(process.fleet.exchangeProof(late)).rejects.toMatchObject({ code: 'agent.nonce_stale' })
})

test('a forged nonce is stale, and nothing is stored', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  const foreign = await openFleet(process, 'the secret of quite another Fairway, thirty-two')
  const [expires, id, mac] = process.fleet.issueNonce().nonce.split('.') as [string, string, string]
  const longer = (Number.parseInt(expires, 36) + 60_000).toString(36)
  const before = await usedNonces(process)

  const forged = [
    'x',
    `${expires}.${id}`,
    `${longer}.${id}.${mac}`,
    `${expires}.${'A'.repeat(22)}.${mac}`,
    `${expires}.${id}.${'A'.repeat(43)}`,
    foreign.fleet.issueNonce().nonce,
  ]
  for (const nonce of forged) {
    await expect(process.fleet.exchangeProof(aProof(process, till, { nonce }))).rejects.toMatchObject({
      code: 'agent.nonce_stale',
    })
  }

  expect(await usedNonces(process)).toEqual(before)
})

test('a wrong signature and an unknown installation answer alike, and leave the nonce unused', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  const right = aProof(process, till)
  const before = await usedNonces(process)
  const wrong: Proof[] = [
    { ...right, signature: signProof({ ...right, origin: ORIGIN }, createSigningKey().privateKey) },
    { ...right, instance: newSecret() },
    { ...right, signature: '' },
    { ...right, signature: 'A'.repeat(86) },
    { ...right, signature: `${right.signature}=` },
    { ...right, installationId: newId('in') },
    { ...right, installationId: (await anInstallation(process)).installation.id },
    aProof(process, till, { origin: 'https://another.example' }),
    aProof(process, till, { origin: 'http://localhost:4601' }),
  ]

  const refusals = await Promise.all(wrong.map((proof) => process.fleet.exchangeProof(proof).catch((error: unknown) => error)))

  for (const refusal of refusals) {
    expect(refusal).toMatchObject({
      kind: 'unauthenticated',
      code: 'agent.signature_wrong',
      message: (refusals[0] as Error).message,
    })
  }
  // One more was used by the installation that was made above.
  expect(await usedNonces(process)).toHaveLength(before.length + 1)
  await expect(process.fleet.exchangeProof(right)).resolves.toBeDefined()
})

test('a token is good for fifteen minutes', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)

  process.clock.advance(14 * 60_000)
  expect(reasonOf(() => process.fleet.identify(till.token))).toBe('no refusal')
  process.clock.advance(60_000)

  expect(reasonOf(() => process.fleet.identify(till.token))).toBe('agent.token_expired')
})

test('a forged or foreign token is unknown', async () => {
  const process = await openFleet()
  const foreign = await openFleet(process, 'the secret of quite another Fairway, thirty-two')
  const till = await anInstallation(process)
  const other = await anInstallation(process)
  const { token } = till
  const [id, instance, expires, mac] = token.slice(4).split('.') as [string, string, string, string]
  const longer = (Number.parseInt(expires, 36) + 86_400_000).toString(36)
  const forged = [
    '',
    'fwa_',
    mac,
    token.slice(0, -1),
    `${token}A`,
    `${token} `,
    token.replace('fwa_', 'fw_'),
    `fwa_${id}.${instance}.${longer}.${mac}`,
    `fwa_${id}.${newSecret()}.${expires}.${mac}`,
    `fwa_${other.installation.id}.${instance}.${expires}.${mac}`,
    `fwa_${id}.${instance}.${expires}.${'A'.repeat(43)}`,
    `fwa_${'9'.repeat(10_000)}`,
    process.fleet.issueNonce().nonce,
  ]

  for (const one of forged) expect(reasonOf(() => process.fleet.identify(one))).toBe('agent.token_unknown')
  expect(reasonOf(() => foreign.fleet.identify(token))).toBe('agent.token_unknown')
  for (let place = 0; place < token.length; place++) {
    const turned = token.slice(0, place) + (token[place] === 'x' ? 'y' : 'x') + token.slice(place + 1)
    // The last character of 43 carries two bits that say nothing; every other change must be noticed.
    if (place < token.length - 1) expect(reasonOf(() => process.fleet.identify(turned))).toBe('agent.token_unknown')
  }
})

test('revoking ends access within a second, on another process too', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  const { headers } = await aStaff(process, ['operator'])
  await expect.poll(() => reasonOf(() => second.fleet.identify(till.token)), { timeout: 5000 }).toBe('no refusal')
  const proof = aProof(process, till)

  const answer = await process.http.inject({
    method: 'POST',
    url: `/api/v1/installations/${till.installation.id}/revoke`,
    headers,
  })

  expect(answer.json()).toMatchObject({ state: 'revoked' })
  expect(reasonOf(() => process.fleet.identify(till.token))).toBe('agent.revoked')
  await expect
    .poll(() => reasonOf(() => second.fleet.identify(till.token)), { timeout: 1000, interval: 10 })
    .toBe('agent.revoked')
  await expect(second.fleet.exchangeProof(proof)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'agent.revoked' })
})

test('revoking works within a second also while a long transaction holds back the log', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  const { headers } = await aStaff(process, ['operator'])
  await expect.poll(() => reasonOf(() => second.fleet.identify(till.token)), { timeout: 5000 }).toBe('no refusal')

  await process.db.transaction().execute(async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx)
    await process.http.inject({ method: 'POST', url: `/api/v1/installations/${till.installation.id}/revoke`, headers })

    await expect
      .poll(() => reasonOf(() => second.fleet.identify(till.token)), { timeout: 1000, interval: 10 })
      .toBe('agent.revoked')
  })
})

test('an agent that restarts is no copy', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)

  for (let run = 0; run < 25; run++) {
    const { instance } = await aRun(process, { installationId: till.installation.id, key: till.key })
    process.fleet.noteCheckIn(till.installation.id, instance, CHECK_IN)
  }
  await process.fleet.stop()

  expect((await process.fleet.installationsByIds([till.installation.id]))[0]).toMatchObject({ copiedAt: null })
})

test('two machines under one identity are found by the first proof of the older one, once', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  const identity = { installationId: till.installation.id, key: till.key }
  await aRun(process, { ...identity, instance: 'the-copied-machine' })

  await aRun(process, { ...identity, instance: till.instance })
  await aRun(process, { ...identity, instance: 'the-copied-machine' })

  expect((await process.fleet.installationsByIds([till.installation.id]))[0]?.copiedAt).toBeInstanceOf(Date)
  const events = await eventsOf(process, till.installation.id)
  expect(events.filter(({ event }) => event === 'fleet.installation_copied')).toHaveLength(1)
})

test('two machines under one identity are found by the next check-in of the older one, before it needs a new token', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  const { id } = till.installation
  process.fleet.noteCheckIn(id, till.instance, CHECK_IN)
  const copy = await aRun(process, { installationId: id, key: till.key })
  process.fleet.noteCheckIn(id, copy.instance, CHECK_IN)

  process.fleet.noteCheckIn(id, till.instance, CHECK_IN)

  await expect.poll(() => process.fleet.identify(till.token).installation.isCopied).toBe(true)
  const events = await eventsOf(process, id)
  expect(events.map(({ event }) => event)).toEqual([
    'fleet.installation_enrolled',
    'fleet.installation_reported',
    'fleet.installation_copied',
  ])
})

test('a copy is found where the two machines reach two processes', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  const { id } = till.installation
  const copy = await aRun(second, { installationId: id, key: till.key })
  await expect.poll(() => reasonOf(() => second.fleet.identify(copy.token))).toBe('no refusal')

  second.fleet.noteCheckIn(id, till.instance, CHECK_IN)

  await expect.poll(() => second.fleet.identify(copy.token).installation.isCopied).toBe(true)
  await expect.poll(() => process.fleet.identify(till.token).installation.isCopied).toBe(true)
})
