// The whole loop through the screens, by keyboard alone: a customer asks, a bad release halts itself, a fix closes the inquiry; all watched live.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildRelease } from '../../scripts/demo/software.ts'
import { until } from '../crash/a-server.ts'
import { choose, press, reach, write } from './by-keyboard.ts'
import { aPageOf, isMissing, openBrowser } from './open-browser.ts'
import { type Stage, setStage } from './stage.ts'

const MACHINES = ['till-1', 'till-2', 'till-3', 'till-4', 'till-5', 'till-6']
const TITLE = 'Receipts show the wrong total'

let stage: Stage
let browser: Browser

beforeAll(async () => {
  if (isMissing) return
  ;[stage, browser] = [await setStage(), await openBrowser()]
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

test.skipIf(isMissing)(
  'publish, roll out, halt by itself, fix, and the inquiry closes itself, live in three browsers',
  async () => {
    const [customer, developer, operator, support] = [
      await stage.aCustomer('Harbour Bakery'),
      await stage.aColleague('developer'),
      await stage.aColleague('operator'),
      await stage.aColleague('support'),
    ]
    await stage.publish({ version: '1.0.0', isBroken: false, steps: '100:0s' })
    await stage.machines(customer.id, MACHINES)
    await until('all machines are healthy', async () => {
      const { items } = await stage.admin.call<{ items: { health: string }[] }>('GET', '/installations')
      return items.length === MACHINES.length && items.every(({ health }) => health === 'healthy')
    })
    const look = { reducedMotion: 'reduce' } as const
    const [customers, developers, operators, supporters] = [
      await aPageOf(browser, customer, look),
      await aPageOf(browser, developer, look),
      await aPageOf(browser, operator, look),
      await aPageOf(browser, support, look),
    ]

    await askAboutAnInstallation(customers.page)
    await linkToANewKnownError(supporters.page)
    await expectText(customers.page, 'The cause is found; the fix is being made')

    await shipRelease(developers.page, { version: '1.1.0', isBroken: true, fixes: false })
    await startRollout(developers.page, '1.1.0')
    // From here on nobody touches the two pages that watch.
    await press(operators.page, operators.page.getByRole('link', { name: /^Rollouts/ }))
    await press(operators.page, operators.page.getByRole('link', { name: /1\.1\.0/ }))
    await expectText(operators.page, 'Halted', 60_000)
    await expectText(operators.page, /did not become healthy|failed/i)

    await shipRelease(developers.page, { version: '1.1.1', isBroken: false, fixes: true })
    await expectText(customers.page, '1.1.1 fixes this and is on its way')
    await startRollout(developers.page, '1.1.1')
    await press(operators.page, operators.page.getByRole('link', { name: /^Rollouts/ }))
    await press(operators.page, operators.page.getByRole('link', { name: /1\.1\.1/ }))
    const marks = await Promise.all([customers, developers, operators].map(({ page }) => mark(page)))
    await expectText(operators.page, 'Complete', 90_000)
    await expectText(developers.page, 'Complete')
    await expectText(customers.page, /Fixed in 1\.1\.1, running on till-\d since/, 60_000)

    // Live means: not one of the three was loaded again.
    expect(await Promise.all([customers, developers, operators].map(({ page }) => markOf(page)))).toEqual(marks)
    for (const { complaints } of [customers, developers, operators, supporters]) expect(complaints).toEqual([])
  },
  420_000,
)

async function askAboutAnInstallation(page: Page) {
  await expectText(page, /installations/)
  await press(page, page.getByRole('link', { name: /till-1/ }))
  await press(page, page.getByRole('link', { name: /Ask about this installation/ }))
  await write(page, page.getByRole('textbox').first(), TITLE)
  await write(page, page.getByRole('textbox').nth(1), 'Since this morning the total is a cent too high.')
  await press(page, page.getByRole('button', { name: /^Send/ }))
  await page.waitForURL(/\/inquiries\/INQ-/)
  await expectText(page, 'Varnhold has your inquiry')
}

async function linkToANewKnownError(page: Page) {
  await press(page, page.getByRole('link', { name: /^Inbox/ }))
  await press(page, page.getByRole('link', { name: new RegExp(TITLE) }))
  await expectText(page, 'Since this morning the total is a cent too high.')
  // L: link to a known error; there is none yet.
  await reach(page, page.getByRole('button', { name: 'Assign', exact: false }))
  await page.keyboard.press('l')
  await press(page, page.getByRole('dialog').getByRole('link', { name: 'New known error' }))
  await write(page, page.getByLabel('Title', { exact: true }), 'Totals are rounded up')
  await write(page, page.getByLabel('Affected versions', { exact: true }), '<1.1.1')
  await write(page, page.getByLabel(/^Workaround/), 'Round by hand.')
  await press(page, page.getByRole('button', { name: /^Create, and link/ }))
  await page.waitForURL(/INQ-|KE-/)
}

async function shipRelease(page: Page, { version, isBroken, fixes }: { version: string; isBroken: boolean; fixes: boolean }) {
  const file = await buildRelease(stage.folder, { version, isBroken })
  await press(page, page.getByRole('link', { name: /^Releases/ }))
  await press(page, page.getByRole('link', { name: 'New release' }))
  await write(page, page.getByLabel('Version', { exact: true }), version)
  await write(page, page.getByLabel(/^Release notes/), `What ${version} changes.`)
  if (fixes) await press(page, page.getByRole('checkbox', { name: /Totals are rounded up/ }), 'Space')
  await press(page, page.getByRole('button', { name: 'Create draft' }))
  await page.waitForURL(new RegExp(`/releases/till/${version}`))
  await choose(page, page.getByRole('button', { name: 'Choose files' }), [file])
  await press(page, page.getByRole('button', { name: 'Upload 1 file' }))
  await expectText(page, /1 file, /)
  await press(page, page.getByRole('button', { name: 'Publish', exact: true }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: `Publish ${version}` }))
  await expectText(page, 'Published')
}

async function startRollout(page: Page, version: string) {
  await press(page, page.getByRole('link', { name: 'Start a rollout' }))
  await write(page, page.getByLabel('Percent in step 1', { exact: true }), '40')
  for (const step of [1, 2, 3, 4]) await quicken(page, step)
  await press(page, page.getByRole('button', { name: 'Start rollout' }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Start rollout' }))
  await page.waitForURL(/\/rollouts\/ro_/)
  await expectText(page, `Till ${version} to stable`)
}

/** One second of proof, where the form begins with an hour; the second and third step go. */
async function quicken(page: Page, step: number) {
  const remove = page.getByRole('button', { name: `Remove step 2`, exact: true })
  if (step === 1 || step === 4) {
    const at = step === 1 ? 1 : 2
    await write(page, page.getByLabel(`Time of proof in step ${at}`, { exact: true }), '1')
    await reach(page, page.getByLabel(`Unit of the time of proof in step ${at}`, { exact: true }))
    await page.keyboard.type('sec')
    return
  }
  await press(page, remove)
}

async function expectText(page: Page, text: string | RegExp, timeout = 30_000) {
  await page.getByText(text).first().waitFor({ timeout })
}

/** Gone when the page is loaded again. */
function mark(page: Page) {
  const name = String(Math.random())
  return page.evaluate((mine) => Object.assign(globalThis, { fairwayMark: mine }).fairwayMark, name)
}

function markOf(page: Page) {
  return page.evaluate(() => (globalThis as { fairwayMark?: string }).fairwayMark)
}
