// Closing happens once: whoever is killed between any two steps, and however many processes try.
import { expect, test } from 'vitest'
import { createLoops } from '#platform/loops'
import { silentLog } from '#platform/log'
import { createWords } from '#platform/words'
import { createPortal, portalWords } from '#portal'
import { openFairwayForTest, type TestFairway } from '#testing/open-fairway'
import {
  aStage,
  aStory,
  closingsOf,
  isHeard,
  link,
  mailsOf,
  publishFix,
  see,
  type Stage,
  type Story,
  tells,
} from '../testing/closing-story.ts'

const SECOND = 1000

/** Everything is proven, and nobody has looked yet: this Fairway's own loops and reactions stand still. */
async function aProvenStory() {
  const fairway = await openFairwayForTest()
  const stage = await aStage(fairway)
  const story = await aStory(stage)
  await link(stage, story)
  await publishFix(stage, story)
  await tells(fairway, story.till, { version: '1.1.1' })
  while ((await see(stage, story)).status !== 'fix_on_its_way') await fairway.settle()
  await Promise.all([fairway.loops.stop(), fairway.reactions.stop()])
  fairway.clock.advance(61 * SECOND)
  const since = fairway.clock.now()
  await tells(fairway, story.till, { version: '1.1.1' })
  await isHeard(fairway, [story.till], since)
  await fairway.portal.wakeByInstallation(story.till.installation.id)
  return { fairway, stage, story }
}

/** Another process on the same database; `post` stands for its mail. */
function anotherProcess(fairway: TestFairway, post: () => void = () => undefined) {
  const { db, clock, identity, fleet, delivery, dataDir } = fairway
  const words = createWords({ portal: portalWords })
  let posted = 0
  const mail = {
    post: async () => {
      post()
      posted++
    },
    list: async () => [],
    workers: [],
  }
  const deps = {
    db,
    clock,
    log: silentLog,
    mail,
    words,
    publicUrl: 'http://localhost:4600',
    identity,
    fleet,
    delivery,
    filesDir: dataDir,
  }
  const portal = createPortal(deps)
  const [loop] = portal.loops
  if (!loop) throw new Error('The portal has a loop.')
  return { portal, loop, loops: createLoops({ clock, log: silentLog, loops: portal.loops }), posted: () => posted }
}

async function expectClosedOnce(stage: Stage, story: Story) {
  expect(await closingsOf(stage, story)).toHaveLength(1)
  expect(await see(stage, story)).toMatchObject({ status: 'closed_by_itself', messages: [{ from: 'system' }] })
}

test('a process that dies before the commit leaves nothing behind; when its lease is over, another closes it', async () => {
  const { fairway, stage, story } = await aProvenStory()
  const dying = anotherProcess(fairway, () => {
    throw new Error('killed')
  })
  const next = anotherProcess(fairway)

  await dying.loops.runDue()
  expect(await see(stage, story)).toMatchObject({ status: 'fix_on_its_way', messages: [] })
  expect(await closingsOf(stage, story)).toEqual([])
  await next.loops.runDue()
  expect((await see(stage, story)).status).toBe('fix_on_its_way')
  fairway.clock.advance(31 * SECOND)
  await next.loops.runDue()

  await expectClosedOnce(stage, story)
  expect(next.posted()).toBe(1)
})

test('a process that was believed dead and wakes up late writes nothing', async () => {
  const { fairway, stage, story } = await aProvenStory()
  const [late, next] = [anotherProcess(fairway), anotherProcess(fairway)]
  const claims = await late.loop.claim(fairway.clock.now(), 50)
  expect(claims.map((claim) => claim.id)).toContain(story.id)

  fairway.clock.advance(31 * SECOND)
  await next.loops.runDue()
  for (const claim of claims) await late.loop.advance(claim)

  await expectClosedOnce(stage, story)
  expect([late.posted(), next.posted()]).toEqual([0, 1])
})

test('two processes at the same time, and each step twice: closed once, mailed once', async () => {
  const { fairway, stage, story } = await aProvenStory()
  const processes = [anotherProcess(fairway), anotherProcess(fairway), anotherProcess(fairway)]
  const advanceTwice = async ({ loop }: (typeof processes)[number]) => {
    const claims = await loop.claim(fairway.clock.now(), 50)
    await Promise.all([...claims, ...claims].map((claim) => loop.advance(claim)))
    return claims.length
  }

  const claimed = await Promise.all(processes.map(advanceTwice))

  expect(claimed.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(1)
  await expectClosedOnce(stage, story)
  expect(processes.reduce((sum, process) => sum + process.posted(), 0)).toBe(1)
})

test('news that come between claim and transition are not lost: the transition is made again with them', async () => {
  const { fairway, stage, story } = await aProvenStory()
  const { loop, loops } = anotherProcess(fairway)
  const claims = await loop.claim(fairway.clock.now(), 50)

  await tells(fairway, story.till, { version: '1.1.1', health: 'unhealthy' })
  await fairway.portal.wakeByInstallation(story.till.installation.id)
  for (const claim of claims) await loop.advance(claim)
  expect((await see(stage, story)).fix.because).not.toBe('not_healthy')
  await loops.runDue()

  expect(await see(stage, story)).toMatchObject({ status: 'fix_on_its_way', fix: { because: 'not_healthy' } })
  expect(await mailsOf(stage, story)).toEqual([])
})

test('a person who closes while the transition is under way wins', async () => {
  const { fairway, stage, story } = await aProvenStory()
  const { loop, posted } = anotherProcess(fairway)
  const claims = await loop.claim(fairway.clock.now(), 50)

  const url = `/api/v1/inquiries/${story.id}/solved`
  await fairway.http.inject({ method: 'POST', url, headers: story.customer.headers })
  for (const claim of claims) await loop.advance(claim)

  expect(await closingsOf(stage, story)).toMatchObject([{ body: { by: 'person' } }])
  expect([(await see(stage, story)).status, posted()]).toEqual(['closed', 0])
})
