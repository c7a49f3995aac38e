// Every screen, light and dark, on a phone and on a wide one: axe finds nothing, nothing scrolls sideways, nothing complains.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../../scripts/demo/people.ts'
import { PRODUCT } from '../../scripts/demo/publish.ts'
import { until } from '../crash/a-server.ts'
import { aPageOf, isMissing, openBrowser } from './open-browser.ts'
import { consoleScreens, portalScreens, type Screen, type Things } from './screens.ts'
import { type Stage, setStage } from './stage.ts'

const LOOKS = [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 1440 },
  { scheme: 'light', width: 360 },
  { scheme: 'dark', width: 360 },
] as const

let stage: Stage
let browser: Browser
let things: Things
let customer: { server: string; email: string }

beforeAll(async () => {
  if (isMissing) return
  ;[stage, browser] = [await setStage(), await openBrowser()]
  const bakery = await stage.aCustomer('Harbour Bakery')
  customer = bakery
  await stage.publish({ version: '1.0.0', isBroken: false, steps: '100:0s' })
  await stage.machines(bakery.id, ['till-11', 'till-12'])
  things = await aStory(bakery)
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** One of each thing, so that each page has something to show. */
async function aStory({ id: organisationId, email }: { id: string; email: string }): Promise<Things> {
  const { admin, server } = stage
  const items = async <Item>(path: string) => (await admin.call<{ items: Item[] }>('GET', path)).items
  await until('both machines are healthy', async () => {
    const found = await items<{ health: string }>('/installations')
    return found.length === 2 && found.every(({ health }) => health === 'healthy')
  })
  const [installation] = await items<{ id: string }>('/installations')
  const [rollout] = await items<{ id: string }>('/rollouts')
  const { id: knownErrorId } = await admin.call<{ id: string }>('POST', '/known-errors', {
    productId: PRODUCT,
    title: 'Totals are rounded up',
    description: 'Amounts are added before they are rounded.',
    affectedVersions: '<1.1.0',
    workaround: 'Round by hand.',
    state: 'open',
  })
  const manager = await signIn(server, email)
  const { id: inquiryId } = await manager.call<{ id: string }>('POST', '/inquiries', {
    kind: 'incident_report',
    title: 'Receipts show the wrong total',
    text: 'Since this morning the total is a cent too high.',
    installationIds: [installation?.id],
  })
  await admin.call('POST', `/inquiries/${inquiryId}/messages`, { text: 'We are looking into it.' })
  await admin.call('POST', `/inquiries/${inquiryId}/notes`, { text: 'Looks like rounding.' })
  await admin.call('PATCH', `/inquiries/${inquiryId}`, { knownErrorId })
  return {
    installationId: installation?.id ?? '',
    rolloutId: rollout?.id ?? '',
    inquiryId,
    knownErrorId,
    organisationId,
    productId: PRODUCT,
    version: '1.0.0',
  }
}

describe.skipIf(isMissing).each(LOOKS)('$scheme, $width px', ({ scheme, width }) => {
  const look = { colorScheme: scheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' } as const

  test('the console', async () => {
    const { page, complaints } = await aPageOf(browser, { server: stage.server, email: stage.admin.email }, look)

    for (const screen of consoleScreens(things)) await examine(page, screen, complaints)
    await page.context().close()
  }, 300_000)

  test('the portal', async () => {
    const { page, complaints } = await aPageOf(browser, customer, look)

    for (const screen of portalScreens(things)) await examine(page, screen, complaints)
    await page.context().close()
  }, 300_000)
})

async function examine(page: Page, { name, path }: Screen, complaints: string[]) {
  complaints.length = 0
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  // Parts that come after the page are there once no skeleton is left.
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)

  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(' | ')})`,
  )
  expect.soft(found, `${name}: axe`).toEqual([])
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect.soft(widths[0], `${name}: scrolls sideways`).toBeLessThanOrEqual(widths[1] ?? 0)
  expect.soft(await page.getByRole('heading', { level: 1 }).count(), `${name}: headings of the first level`).toBe(1)
  expect.soft(await page.title(), `${name}: title`).toMatch(/ · /)
  // A page that is not there answers 404, and browsers write that down.
  const unexpected = complaints.filter((one) => !/status of 404/.test(one))
  expect.soft(unexpected, `${name}: complaints`).toEqual([])
}
