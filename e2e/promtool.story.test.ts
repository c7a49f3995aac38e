// What we measure, judged by the tool that reads it: Debian's `promtool check metrics` (package prometheus).
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { openFairwayForTest } from '../server/src/testing/open-fairway.ts'
import { aStaff } from '../server/src/testing/people.ts'

const { error } = spawnSync('promtool', ['--version'])
const why = error ? ' (skipped: promtool is not installed; apt-get install prometheus)' : ''

test.skipIf(error !== undefined)(`promtool has no complaint about our metrics${why}`, async () => {
  const fairway = await openFairwayForTest()
  const { headers } = await aStaff(fairway)
  for (const url of ['/api/v1/me', '/api/v1/products', '/nowhere', '/health/live']) await fairway.http.inject({ url, headers })
  await fairway.http.inject({ method: 'POST', url: '/api/v1/products', headers, payload: { id: 'till', name: 'Till' } })

  const metrics = await fairway.http.inject('/metrics')
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: metrics.body, encoding: 'utf8' })

  expect(metrics.headers['content-type']).toContain('text/plain')
  expect(`${stdout}${stderr}`).toBe('')
  expect(status).toBe(0)
})
