// The proof card of an inquiry, watched through HTTP from the question to the proof, and back when it is reopened.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFairway } from '#testing/open-fairway'
import { must } from '../testing/calls.ts'
import {
  aClosedStory,
  aStage,
  aStory,
  becomes,
  link,
  proveFix,
  publishFix,
  see,
  type Stage,
  tells,
} from '../testing/closing-story.ts'

let stage: Stage
beforeAll(async () => {
  stage = await aStage(await openFairway())
})
afterAll(() => stage.fairway.close())

interface StationView {
  station: string
  state: string
  at: string | null
  version: string | null
  detail: { installation?: string; knownError?: string } | null
}

async function stationsOf(story: Parameters<typeof see>[1]) {
  const { stations } = await see(stage, story)
  return Object.fromEntries((stations as StationView[]).map(({ station, ...rest }) => [station, rest]))
}

const statesOf = async (story: Parameters<typeof see>[1]) => Object.values(await stationsOf(story)).map((one) => one.state)

test('the five stations are reached one after the other, each with its moment, for the customer and for staff', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)

  expect(await statesOf(story)).toEqual(['done', 'now', 'to_come', 'to_come', 'to_come'])
  fairway.clock.advance(60_000)
  const linkedAt = fairway.clock.now()
  await link(stage, story)
  const cause = await stationsOf(story)
  expect(cause).toMatchObject({
    cause: { state: 'done', detail: { knownError: story.errorId } },
    fix: { state: 'now', version: null },
  })
  expect(Date.parse(cause.cause?.at ?? '')).toBeGreaterThanOrEqual(linkedAt.getTime())
  fairway.clock.advance(60_000)
  await publishFix(stage, story)
  expect(await stationsOf(story)).toMatchObject({
    fix: { state: 'done', version: '1.1.1', at: expect.stringMatching(/Z$/) },
    installed: { state: 'now', version: '1.1.1', detail: { installation: 'till-3' }, at: null },
    healthy: { state: 'to_come' },
  })
  await tells(fairway, story.till, { version: '1.1.1' })
  await fairway.settle()
  const installed = await stationsOf(story)
  expect(installed).toMatchObject({
    installed: { state: 'done', version: '1.1.1', detail: { installation: 'till-3' } },
    healthy: { state: 'now' },
  })
  await proveFix(fairway, story.tills)
  const closed = await becomes(stage, story, 'closed_by_itself')
  const { stations } = await must(fairway, staff, ['GET', `/api/v1/inquiries/${story.id}`])

  expect(await statesOf(story)).toEqual(['done', 'done', 'done', 'done', 'done'])
  const times = closed.stations.map((one: StationView) => Date.parse(one.at ?? ''))
  expect(times).toEqual(times.toSorted((a: number, b: number) => a - b))
  expect(closed.stations[3].at).toBe(installed.installed?.at)
  expect(closed.stations[4]).toMatchObject({ at: closed.closedAt, version: '1.1.1' })
  expect(stations).toEqual(closed.stations)
})

test('reopened by its customer: the fix that did not help counts no more', async () => {
  const { fairway } = stage
  const story = await aClosedStory(stage)

  await must(fairway, story.customer, ['POST', `/api/v1/inquiries/${story.id}/reopen`])
  await fairway.settle()

  expect(await statesOf(story)).toEqual(['done', 'done', 'now', 'to_come', 'to_come'])
})

test('closed by a person: what was not reached stays so, and nothing is awaited', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)
  await link(stage, story)

  await must(fairway, staff, ['POST', `/api/v1/inquiries/${story.id}/close`])

  expect(await statesOf(story)).toEqual(['done', 'done', 'to_come', 'to_come', 'to_come'])
})

test('untied from its known error, the cause is to be found again', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)
  await link(stage, story)

  await must(fairway, staff, ['PATCH', `/api/v1/inquiries/${story.id}`, { knownErrorId: null }])

  expect(await stationsOf(story)).toMatchObject({ cause: { state: 'now', at: null, detail: null } })
})

test('a draft of a known error is a cause without a name for the customer', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)
  await must(fairway, staff, ['PATCH', `/api/v1/known-errors/${story.errorId}`, { state: 'draft' }])
  await link(stage, story)

  expect(await stationsOf(story)).toMatchObject({ cause: { state: 'done', detail: null } })
  expect(JSON.stringify(await see(stage, story))).not.toContain(story.errorId)
})
