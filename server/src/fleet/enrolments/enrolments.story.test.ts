// The story of enrolment: one token, one key, one hour, one installation.
import { createSigningKey } from '@fairway/trust'
import { expect, test } from 'vitest'
import { ANONYMOUS, SYSTEM } from '#identity'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { eventsOf, openFleet, type TestFleet } from '../testing/open-fleet.ts'

const HOUR_MS = 3_600_000

async function aToken({ fleet }: TestFleet, name = 'till-3') {
  const { token } = await fleet.createEnrolment(SYSTEM, { organisationId: 'or_1', productId: 'till', channel: 'stable', name })
  return token
}

const aKey = () => createSigningKey().publicKey
const machine = { platform: 'linux', arch: 'x64' }

function countInstallations({ db }: TestFleet) {
  return db.selectFrom('fleet.installation').select('id').execute()
}

test('a token becomes an installation, and says so once', async () => {
  const process = await openFleet()
  const token = await aToken(process)

  const installation = await process.fleet.enrol({ token, publicKey: aKey(), ...machine, name: 'some-host' })

  expect(installation).toMatchObject({
    organisationId: 'or_1',
    productId: 'till',
    channel: 'stable',
    name: 'till-3',
    state: 'active',
  })
  expect(installation).toMatchObject({ version: null, health: 'unknown', healthySince: null, copiedAt: null })
  expect(await process.fleet.installationsByIds([installation.id])).toEqual([installation])
  expect(await eventsOf(process, installation.id)).toEqual([
    {
      event: 'fleet.installation_enrolled',
      actor: installation.id,
      installationId: installation.id,
      organisationId: 'or_1',
      productId: 'till',
      channel: 'stable',
      name: 'till-3',
      platform: 'linux',
      arch: 'x64',
    },
  ])
})

test('where the command gives no name, the machine does', async () => {
  const process = await openFleet()

  const installation = await process.fleet.enrol({
    token: await aToken(process, ''),
    publicKey: aKey(),
    ...machine,
    name: 'some-host',
  })

  expect(installation.name).toBe('some-host')
})

test('an answer that was lost is given again, as often as asked, also all at once', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const request = { token: await aToken(process), publicKey: aKey(), ...machine }

  const answers = await Promise.all(Array.from({ length: 12 }, (_, place) => (place % 2 ? process : second).fleet.enrol(request)))
  const later = await process.fleet.enrol(request)

  expect(new Set([...answers, later].map(({ id }) => id)).size).toBe(1)
  expect(await countInstallations(process)).toHaveLength(1)
  expect(await eventsOf(process, later.id)).toHaveLength(1)
})

test('of many keys that race for one token one wins, and nobody else gets in with it', async () => {
  const process = await openFleet()
  const token = await aToken(process)

  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, () => process.fleet.enrol({ token, publicKey: aKey(), ...machine })),
  )
  const replayed = process.fleet.enrol({ token, publicKey: aKey(), ...machine })

  await expect(replayed).rejects.toMatchObject({ kind: 'conflict', code: 'enrolment.used' })
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'enrolment.used' })
  expect(await countInstallations(process)).toHaveLength(1)
})

test('a token is good for an hour, also for the key that used it', async () => {
  const process = await openFleet()
  const used = { token: await aToken(process), publicKey: aKey(), ...machine }
  await process.fleet.enrol(used)
  const unused = { token: await aToken(process), publicKey: aKey(), ...machine }

  process.clock.advance(HOUR_MS)

  for (const request of [used, unused]) {
    await expect(process.fleet.enrol(request)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'enrolment.expired' })
  }
})

test('a forged token is unknown, however near it is to a real one', async () => {
  const process = await openFleet()
  const token = await aToken(process)
  const forged = [
    '',
    'fwe_',
    token.slice(0, -1),
    `${token}A`,
    token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA'),
    token.replace('fwe_', 'fwa_'),
    `fwe_${'0'.repeat(16)}_${'A'.repeat(43)}`,
    `${token.slice(0, 20)}_${'A'.repeat(43)}`,
    `${token}\n`,
  ]

  for (const one of forged) {
    await expect(process.fleet.enrol({ token: one, publicKey: aKey(), ...machine })).rejects.toMatchObject({
      code: 'enrolment.unknown',
    })
  }
  expect(await countInstallations(process)).toHaveLength(0)
})

test('a key that is none is refused, and the token stays good', async () => {
  const process = await openFleet()
  const token = await aToken(process)
  const key = aKey()

  for (const publicKey of ['', 'A', `${key}=`, key.slice(1), `${key}A`, ` ${key}`, key.replace(/.$/, '!')]) {
    await expect(process.fleet.enrol({ token, publicKey, ...machine })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'enrolment.key_malformed',
    })
  }

  await expect(process.fleet.enrol({ token, publicKey: key, ...machine })).resolves.toMatchObject({ productId: 'till' })
})

test('the secret of a token is nowhere in the database', async () => {
  const process = await openFleet()
  const token = await aToken(process)

  const row = await process.db.selectFrom('fleet.enrolment').selectAll().executeTakeFirstOrThrow()

  expect(JSON.stringify(row)).not.toContain(token.slice(-43))
})

test('operators, support and the managers of the organisation may connect installations; others may not', async () => {
  const process = await openFleet()
  const { id: organisationId } = await anOrganisation(process)
  const { id: otherId } = await anOrganisation(process)
  const wish = { organisationId, productId: 'till', channel: 'stable', name: 'till-3' }
  const may = [
    await aStaff(process, ['operator']),
    await aStaff(process, ['support']),
    await aMember(process, organisationId, 'manager'),
  ]
  const mayNot = [
    await aStaff(process, ['viewer']),
    await aStaff(process, ['developer']),
    await aMember(process, organisationId, 'member'),
    await aMember(process, otherId, 'manager'),
  ]

  for (const { person } of may) await expect(process.fleet.createEnrolment(person, wish)).resolves.toBeDefined()
  for (const actor of [...mayNot.map(({ person }) => person), ANONYMOUS]) {
    await expect(process.fleet.createEnrolment(actor, wish)).rejects.toMatchObject({ code: 'enrolment.not_yours' })
  }
})
