// The persons, tills and steps of stories in which inquiries close themselves.
import { expect, vi } from 'vitest'
import { SYSTEM } from '#identity'
import { type AnInstallation, anInstallation } from '#testing/installations'
import type { TestFairway } from '#testing/open-fairway'
import { aMember, aStaff } from '#testing/people'
import { aProduct, aRelease, eventsOf, mailsTo, must } from './calls.ts'

const SECOND = 1000

export type Stage = { fairway: TestFairway; staff: Awaited<ReturnType<typeof aStaff>> }
export type Story = Awaited<ReturnType<typeof aStory>>

export async function aStage(fairway: TestFairway): Promise<Stage> {
  return { fairway, staff: await aStaff(fairway) }
}

/** A customer with installations on 1.0.0 who asks; support knows the error that it comes from. */
export async function aStory({ fairway, staff }: Stage, { names = ['till-3'], isNamed = true, language = 'en' } = {}) {
  const organisation = await fairway.identity.createOrganisation(SYSTEM, { name: 'Corner shop', language })
  const customer = await aMember(fairway, organisation.id)
  const productId = await aProduct(fairway, staff, organisation.id)
  const tills: AnInstallation[] = []
  for (const name of names) tills.push(await anInstallation(fairway, { organisationId: organisation.id, productId, name }))
  for (const till of tills) await tells(fairway, till, { version: '1.0.0' })
  const wish = { productId, title: 'No receipt', affectedVersions: '>=1.0.0 <1.1.1' }
  const error = await must(fairway, staff, ['POST', '/api/v1/known-errors', wish])
  const asked = { kind: 'incident_report', title: 'No receipt', text: 'Nothing is printed.' }
  const installationIds = isNamed ? tills.map((till) => till.installation.id) : []
  const inquiry = await must(fairway, customer, ['POST', '/api/v1/inquiries', { ...asked, installationIds }])
  return {
    customer,
    organisation,
    productId,
    tills,
    till: tills[0]!, // names has one at least
    errorId: error.id as string,
    id: inquiry.id as string,
  }
}

/** Checks in, and waits until what is new in it is written. */
export async function tells(
  { fleet }: TestFairway,
  { installation, instance }: AnInstallation,
  { version, health = 'healthy' }: { version: string; health?: 'healthy' | 'unhealthy' },
) {
  const checkIn = { version, releaseId: `re_${version}`, health, platform: 'linux', arch: 'x64', refused: [] }
  fleet.noteCheckIn(installation.id, instance, checkIn)
  const isWritten = async () => {
    const [known] = await fleet.installationsByIds([installation.id])
    return known?.version === version && known.health === health
  }
  await vi.waitFor(async () => expect(await isWritten()).toBe(true), { timeout: 15_000, interval: 20 })
}

/** Waits until fleet has written when it heard these last, which it does every few seconds. */
export async function isHeard({ fleet, clock }: TestFairway, tills: AnInstallation[], since: Date) {
  const ids = tills.map((till) => till.installation.id)
  const areHeard = async () =>
    (await fleet.installationsByIds(ids)).every((one) => one.lastSeenAt !== null && one.lastSeenAt >= since)
  await vi.waitFor(async () => expect(await areHeard()).toBe(true), { timeout: 15_000, interval: 50 })
  // A look that came too early looks again after this time.
  clock.advance(5 * SECOND)
}

/** The fix arrives on these, and they prove it. */
export async function proveFix(fairway: TestFairway, tills: AnInstallation[], version = '1.1.1') {
  for (const till of tills) await tells(fairway, till, { version })
  fairway.clock.advance(61 * SECOND)
  const since = fairway.clock.now()
  for (const till of tills) await tells(fairway, till, { version })
  await isHeard(fairway, tills, since)
  await fairway.settle()
}

export async function link({ fairway, staff }: Stage, { id, errorId }: Pick<Story, 'id' | 'errorId'>) {
  await must(fairway, staff, ['PATCH', `/api/v1/inquiries/${id}`, { knownErrorId: errorId }])
  await fairway.settle()
}

export async function publishFix({ fairway, staff }: Stage, { productId, errorId }: Story, version = '1.1.1') {
  const release = await aRelease(fairway, staff, { productId, version, fixes: [errorId] })
  await fairway.settle()
  return release
}

/** The inquiry as its customer sees it. */
export async function see({ fairway }: Stage, { id, customer }: Pick<Story, 'id' | 'customer'>) {
  return must(fairway, customer, ['GET', `/api/v1/inquiries/${id}`])
}

/** Lets follow what follows, until its status is this one. */
export async function becomes(stage: Stage, story: Pick<Story, 'id' | 'customer'>, status: string) {
  const statusNow = async () => {
    await stage.fairway.settle()
    return (await see(stage, story)).status as string
  }
  await vi.waitFor(async () => expect(await statusNow()).toBe(status), { timeout: 10_000, interval: 100 })
  return see(stage, story)
}

export async function mailsOf({ fairway, staff }: Stage, { customer }: Story) {
  return mailsTo(fairway, staff, customer.person.email)
}

export async function closingsOf({ fairway }: Stage, { id }: Pick<Story, 'id'>) {
  return (await eventsOf(fairway, id)).filter((event) => event.name === 'portal.inquiry_closed')
}

/** From the question to the closed inquiry. */
export async function aClosedStory(stage: Stage, wish: Parameters<typeof aStory>[1] = {}) {
  const story = await aStory(stage, wish)
  await link(stage, story)
  const release = await publishFix(stage, story)
  await proveFix(stage.fairway, story.tills)
  await becomes(stage, story, 'closed_by_itself')
  return { ...story, release }
}
