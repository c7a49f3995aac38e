// The story that Fairway exists for: a customer asks, a release fixes it, their installation proves it, and the inquiry closes itself.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type AnInstallation, anInstallation } from '#testing/installations'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aRelease, must } from '../testing/calls.ts'
import {
  aClosedStory,
  aStage,
  aStory,
  becomes,
  closingsOf,
  isHeard,
  link,
  mailsOf,
  proveFix,
  publishFix,
  see,
  type Stage,
  tells,
} from '../testing/closing-story.ts'

const SECOND = 1000
const DAY = 86_400_000

let fairway: TestFairway
let stage: Stage

beforeAll(async () => {
  fairway = await openFairway()
  stage = await aStage(fairway)
})
afterAll(() => fairway.close())

const namesOf = (installations: { name: string }[]) => installations.map((one) => one.name).sort()

test('asked, linked, fixed, installed, proven: the inquiry answers, closes and mails, once', async () => {
  const story = await aStory(stage)
  const { till } = story
  await link(stage, story)
  expect(await see(stage, story)).toMatchObject({ status: 'new', fix: { because: 'no_fix', version: null } })

  const release = await publishFix(stage, story)
  expect(await becomes(stage, story, 'fix_on_its_way')).toMatchObject({
    fix: { because: 'not_installed', version: '1.1.1', waitsFor: [{ name: 'till-3', version: '1.0.0' }] },
  })

  await tells(fairway, till, { version: '1.1.1' })
  await fairway.settle()
  expect(await see(stage, story)).toMatchObject({ status: 'fix_on_its_way', fix: { because: 'proving' } })

  fairway.clock.advance(61 * SECOND)
  const since = fairway.clock.now()
  await fairway.settle()
  // A minute has passed, but the installation has not spoken since: silence is no evidence.
  expect((await see(stage, story)).status).toBe('fix_on_its_way')

  await tells(fairway, till, { version: '1.1.1' })
  await isHeard(fairway, [till], since)
  const closed = await becomes(stage, story, 'closed_by_itself')
  await fairway.settle()

  const sentence = /^Fixed in 1\.1\.1, running healthy on till-3 since \d\d:\d\d UTC, \d+ \w+ \d{4}\.$/
  expect(closed).toMatchObject({
    solvedIn: '1.1.1',
    fix: null,
    proof: { version: '1.1.1', installations: [{ name: 'till-3', version: '1.1.1' }], silent: [] },
    messages: [{ from: 'system', author: null, text: expect.stringMatching(sentence) }],
  })
  expect(await mailsOf(stage, story)).toMatchObject([
    { subject: `Solved: No receipt (${story.id})`, text: expect.stringContaining(closed.messages[0].text) },
  ])
  expect((await mailsOf(stage, story))[0]?.text).toContain(`http://localhost:4600/inquiries/${story.id}`)
  expect(await closingsOf(stage, story)).toMatchObject([
    {
      actor: 'system',
      body: {
        by: 'itself',
        version: '1.1.1',
        releaseId: release.id,
        knownErrorId: story.errorId,
        installationIds: [till.installation.id],
      },
    },
  ])
})

test('an installation that turns unhealthy within a week reopens it, with a mail; the same fix does not close it again', async () => {
  const story = await aClosedStory(stage)
  fairway.clock.advance(6 * DAY)

  await tells(fairway, story.till, { version: '1.1.1', health: 'unhealthy' })

  const reopened = await becomes(stage, story, 'reopened')
  expect(reopened).toMatchObject({ closedAt: null, proof: null, solvedIn: null })
  expect(reopened.messages.at(-1)).toMatchObject({
    from: 'system',
    text: expect.stringMatching(/^till-3 turned unhealthy on 1\.1\.1 \(\d\d:\d\d UTC, .+\), so this inquiry is open again\./),
  })
  expect((await mailsOf(stage, story)).map((mail) => mail.subject)).toEqual([
    `Solved: No receipt (${story.id})`,
    `Open again: No receipt (${story.id})`,
  ])

  await proveFix(fairway, story.tills)
  expect((await see(stage, story)).status).toBe('reopened')

  await publishFix(stage, story, '1.1.2')
  await proveFix(fairway, story.tills, '1.1.2')
  expect(await becomes(stage, story, 'closed_by_itself')).toMatchObject({ solvedIn: '1.1.2' })
  expect(await closingsOf(stage, story)).toHaveLength(2)
})

test('after a week it is over: nothing reopens by itself any more', async () => {
  const story = await aClosedStory(stage)
  fairway.clock.advance(7 * DAY)
  await fairway.settle()

  await tells(fairway, story.till, { version: '1.1.1', health: 'unhealthy' })
  await fairway.settle()

  expect((await see(stage, story)).status).toBe('closed_by_itself')
})

test('every named installation must prove it; a retired one does not count, a silent one is named', async () => {
  const story = await aStory(stage, { names: ['till-1', 'till-2', 'till-9', 'till-old'] })
  // names has four
  const [first, second, silent, retired] = story.tills as [AnInstallation, AnInstallation, AnInstallation, AnInstallation]
  await link(stage, story)
  await publishFix(stage, story)
  await proveFix(fairway, [first])
  const waiting = async () => namesOf((await see(stage, story)).fix.waitsFor)
  await expect.poll(waiting, { timeout: 10_000 }).toEqual(['till-2', 'till-9', 'till-old'])

  await must(fairway, stage.staff, ['POST', `/api/v1/installations/${retired.installation.id}/retire`])
  fairway.clock.advance(14 * DAY)
  await proveFix(fairway, [first, second])

  const closed = await becomes(stage, story, 'closed_by_itself')
  expect(namesOf(closed.proof.installations)).toEqual(['till-1', 'till-2'])
  expect(closed.proof.silent).toMatchObject([{ installationId: silent.installation.id, name: 'till-9' }])
  expect(closed.messages[0].text).toContain('Not heard from for 14 days, so not checked: till-9. Install 1.1.1 there too.')
})

// These move the clock by minutes only, so they do not disturb each other.
describe.concurrent('what counts as the fix, and where', () => {
  test('an installation that goes back to an affected version reopens it; with the fix again it closes again', async () => {
    const story = await aClosedStory(stage)

    await tells(fairway, story.till, { version: '1.0.0' })
    const reopened = await becomes(stage, story, 'reopened')
    fairway.clock.advance(SECOND)
    await proveFix(fairway, story.tills)

    expect(reopened.messages.at(-1).text).toMatch(/^till-3 went back to 1\.0\.0 .+ does not have the fix/)
    await becomes(stage, story, 'closed_by_itself')
  })

  test('where none was named, those count that ran an affected version when the customer asked', async () => {
    const story = await aStory(stage, { names: ['till-1', 'till-2'], isNamed: false })
    // names has two
    const [first, second] = story.tills as [AnInstallation, AnInstallation]
    const { organisation, productId } = story
    const unaffected = await anInstallation(fairway, { organisationId: organisation.id, productId, name: 'till-new' })
    await tells(fairway, unaffected, { version: '0.9.0' })
    // One has the fix before anybody has linked the inquiry: what it ran when the customer asked was kept.
    await publishFix(stage, story)
    await tells(fairway, first, { version: '1.1.1' })
    await link(stage, story)
    expect((await becomes(stage, story, 'fix_on_its_way')).fix.waitsFor.map((one: { name: string }) => one.name)).toContain(
      'till-2',
    )

    await proveFix(fairway, [first, second])

    expect(namesOf((await becomes(stage, story, 'closed_by_itself')).proof.installations)).toEqual(['till-1', 'till-2'])
  })

  test('a customer who had the fix already when asking is answered by a person', async () => {
    const story = await aStory(stage)
    await publishFix(stage, story)
    await tells(fairway, story.till, { version: '1.1.1' })
    const asked = { kind: 'question', title: 'Again', text: 'a', installationIds: [story.till.installation.id] }
    const { id } = await must(fairway, story.customer, ['POST', '/api/v1/inquiries', asked])
    await link(stage, { ...story, id })

    await proveFix(fairway, story.tills)

    expect(await see(stage, { ...story, id })).toMatchObject({ status: 'new', fix: { because: 'nothing_to_fix' } })
  })

  test('a withdrawn fix is on its way no longer, and proves nothing', async () => {
    const story = await aStory(stage)
    await link(stage, story)
    const release = await publishFix(stage, story)
    await becomes(stage, story, 'fix_on_its_way')

    await must(fairway, stage.staff, ['POST', `/api/v1/releases/${release.id}/withdraw`, { reason: 'It eats paper.' }])

    expect(await becomes(stage, story, 'with_us')).toMatchObject({ fix: { because: 'no_fix', version: null } })
    await proveFix(fairway, story.tills)
    expect((await see(stage, story)).status).toBe('with_us')
  })

  test('a fix that is said later, by amending the release, closes what waits for it', async () => {
    const story = await aStory(stage)
    await link(stage, story)
    const release = await aRelease(fairway, stage.staff, { productId: story.productId, version: '1.1.1' })
    await proveFix(fairway, story.tills)
    expect((await see(stage, story)).status).toBe('new')

    await must(fairway, stage.staff, ['PATCH', `/api/v1/releases/${release.id}`, { fixes: [story.errorId] }])

    expect(await becomes(stage, story, 'closed_by_itself')).toMatchObject({ solvedIn: '1.1.1' })
  })

  test('a later version proves the fix too, and the answer says which', async () => {
    const story = await aStory(stage)
    await link(stage, story)
    await publishFix(stage, story)
    await aRelease(fairway, stage.staff, { productId: story.productId, version: '1.2.0' })

    await proveFix(fairway, story.tills, '1.2.0')

    const closed = await becomes(stage, story, 'closed_by_itself')
    expect(closed.messages[0].text).toMatch(/^Fixed in 1\.1\.1, running healthy on till-3 \(1\.2\.0\) since /)
  })

  test('who reopens what closed by itself is believed: only another fix closes it again', async () => {
    const story = await aClosedStory(stage)
    const reopening = { text: 'Still nothing is printed.' }
    await must(fairway, story.customer, ['POST', `/api/v1/inquiries/${story.id}/reopen`, reopening])
    await fairway.settle()

    await tells(fairway, story.till, { version: '1.0.0' })
    await proveFix(fairway, story.tills)
    expect((await see(stage, story)).status).toBe('reopened')

    await publishFix(stage, story, '1.1.2')
    await proveFix(fairway, story.tills, '1.1.2')
    expect(await becomes(stage, story, 'closed_by_itself')).toMatchObject({ solvedIn: '1.1.2' })
  })

  test('what a person closed, or untied from its known error, does not close by itself', async () => {
    const [closed, untied] = [await aStory(stage), await aStory(stage)]
    for (const story of [closed, untied]) {
      await link(stage, story)
      await publishFix(stage, story)
      await becomes(stage, story, 'fix_on_its_way')
    }
    await must(fairway, stage.staff, ['POST', `/api/v1/inquiries/${closed.id}/close`])
    await must(fairway, stage.staff, ['PATCH', `/api/v1/inquiries/${untied.id}`, { knownErrorId: null }])

    await proveFix(fairway, [...closed.tills, ...untied.tills])

    expect(await closingsOf(stage, closed)).toMatchObject([{ body: { by: 'person' } }])
    expect(await see(stage, untied)).toMatchObject({ status: 'with_us', fix: null })
  })

  test('the answer is in the language of the customer', async () => {
    const story = await aClosedStory(stage, { language: 'de' })

    expect((await see(stage, story)).messages[0].text).toMatch(
      /^Behoben in 1\.1\.1, läuft gesund auf till-3 seit \d\d:\d\d UTC, /,
    )
    expect((await mailsOf(stage, story))[0]?.subject).toBe(`Gelöst: No receipt (${story.id})`)
  })

  test('a known error that turns out to concern other versions is judged anew', async () => {
    const story = await aStory(stage, { isNamed: false })
    const concerns = (affectedVersions: string) =>
      must(fairway, stage.staff, ['PATCH', `/api/v1/known-errors/${story.errorId}`, { affectedVersions }])
    await concerns('>=1.0.1 <1.1.1')
    await link(stage, story)
    await publishFix(stage, story)
    await vi.waitFor(async () => expect((await see(stage, story)).fix.because).toBe('nothing_to_fix'), { timeout: 10_000 })

    await concerns('>=1.0.0 <1.1.1')

    expect(await becomes(stage, story, 'fix_on_its_way')).toMatchObject({ fix: { because: 'not_installed' } })
  })
})
