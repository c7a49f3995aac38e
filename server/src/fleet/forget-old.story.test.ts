// The story of the clean-up: what is forgotten can do no harm any more.
import { expect, test } from 'vitest'
import { SYSTEM } from '#identity'
import { anInstallation } from '#testing/installations'
import { forgetOld } from './forget-old.ts'
import { openFleet } from './testing/open-fleet.ts'

test('used nonces and enrolments are kept as long as they matter, and then removed', async () => {
  const process = await openFleet()
  const { installation } = await anInstallation(process)
  await process.fleet.createEnrolment(SYSTEM, { organisationId: 'or_1', productId: 'till', channel: 'stable', name: 'unused' })
  const count = async (table: 'fleet.used_nonce' | 'fleet.enrolment') =>
    (await process.db.selectFrom(table).select('id').execute()).length

  process.clock.advance(5 * 60_000)
  await forgetOld(process)
  expect([await count('fleet.used_nonce'), await count('fleet.enrolment')]).toEqual([1, 2])
  process.clock.advance(8 * 86_400_000)
  await forgetOld(process)

  expect([await count('fleet.used_nonce'), await count('fleet.enrolment')]).toEqual([0, 0])
  expect(await process.fleet.installationsByIds([installation.id])).toHaveLength(1)
})
