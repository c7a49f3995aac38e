// The portal and the settings without a mouse: each page's main action is reached by Tab, done by Enter, and one comes back; the focus is seen all the way.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withMock } from './a-mock.ts'
import { isMissing } from './open-browser.ts'

interface Walk {
  path: string
  /** The main action. */
  action: (page: Page) => Locator
  /** Where Enter leads: into a dialog, to the field that is wrong, to another page. */
  leads: 'dialog' | 'field' | 'page'
}

const link = (name: string | RegExp) => (page: Page) => page.getByRole('main').getByRole('link', { name }).first()
const button = (name: string) => (page: Page) => page.getByRole('main').getByRole('button', { name, exact: true })

const PORTAL: Walk[] = [
  { path: '/', action: link('New inquiry'), leads: 'page' },
  { path: '/releases', action: link('Quayline 1.4.2'), leads: 'page' },
  { path: '/releases/quayline/1.4.2', action: link('Südtor warehouse'), leads: 'page' },
  { path: '/installations/in_8fk2m4', action: link('Ask about this installation'), leads: 'page' },
  { path: '/inquiries', action: link('New inquiry'), leads: 'page' },
  { path: '/inquiries/INQ-2050', action: button('Send reply'), leads: 'field' },
  { path: '/inquiries/new', action: button('Send inquiry'), leads: 'field' },
  { path: '/organisation', action: button('Invite somebody'), leads: 'dialog' },
  { path: '/organisation', action: button('Rename'), leads: 'dialog' },
  { path: '/account', action: button('Change password'), leads: 'dialog' },
]
const SETTINGS: Walk[] = [
  { path: '/console/settings/people', action: button('Invite somebody'), leads: 'dialog' },
  { path: '/console/settings/tokens', action: button('New token'), leads: 'dialog' },
  { path: '/console/settings/products', action: button('New product'), leads: 'dialog' },
  { path: '/console/settings/you', action: button('Change password'), leads: 'dialog' },
  { path: '/console/settings/events', action: link('INQ-2046'), leads: 'page' },
  { path: '/console/start', action: link('Go to the console'), leads: 'page' },
]

const { aPage } = withMock()

describe.skipIf(isMissing).each([1440, 360])('%i px', (width) => {
  test.each([
    ['manager', 'the portal', PORTAL],
    ['administrator', 'the settings', SETTINGS],
  ])('as %s, through %s', async (persona, _of, walks) => {
    const page = await aPage({ viewport: { width, height: 900 } })
    await page.goto(`/sign-in?as=${persona}&next=/`)

    for (const walk of walks) await takeWalk(page, walk)
    await page.context().close()
  })
})

async function takeWalk(page: Page, { path, action, leads }: Walk) {
  await page.goto(path)
  const target = action(page)
  await target.waitFor()
  const seen = await tabTo(page, target)
  expect.soft(seen, `${path}: the focus is not seen on the way`).toEqual([])

  await page.keyboard.press('Enter')
  if (leads === 'page') return leadsAway(page, path)
  if (leads === 'field') {
    const isAtField = () => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid') === 'true')
    return expect.soft(await comes(isAtField), `${path}: the focus goes to what is wrong`).toBe(true)
  }
  const isIn = () => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)
  expect.soft(await comes(isIn), `${path}: the focus goes into the dialog`).toBe(true)
  await page.keyboard.press('Escape')
  expect.soft(await comes(() => isFocused(target)), `${path}: the focus comes back`).toBe(true)
}

async function leadsAway(page: Page, path: string) {
  await page.waitForURL((url) => url.pathname !== path)
  const isSomewhere = () => page.evaluate(() => document.activeElement !== document.body)
  expect.soft(await comes(isSomewhere), `${path}: the next page has the focus`).toBe(true)
  await page.goBack()
  await page.waitForURL((url) => url.pathname === path)
  expect.soft(await comes(isSomewhere), `${path}: so has the page before`).toBe(true)
}

const MOST_STOPS = 80

/** What was wrong at the stops on the way; throws where no Tab leads there. */
async function tabTo(page: Page, target: Locator) {
  const wrong: string[] = []
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab')
    wrong.push(...(await page.evaluate(whatIsWrongHere)))
    if (await isFocused(target)) return wrong
  }
  throw new Error(`No Tab leads to ${target}.`)
}

/** In the page: lost, not drawn, out of sight, without an outline, or covered by what sticks. */
function whatIsWrongHere(): string[] {
  const element = document.activeElement
  if (element === null || element === document.body) return ['nothing has the focus']
  const called = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 30)}`
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const [x, y] = [(left + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2]
  const there = document.elementFromPoint(x, y)
  const isCovered =
    there === null || !(element.contains(there) || there.contains(element) || there.closest('label')?.contains(element))
  return [
    ...(width === 0 || height === 0 ? [`${called} is not drawn`] : []),
    ...(bottom <= 0 || top >= innerHeight || left >= innerWidth || right <= 0 ? [`${called} is out of sight`] : []),
    ...(outlineStyle === 'none' || outlineWidth === '0px' ? [`${called} has no outline`] : []),
    ...(isCovered ? [`${called} is covered by ${there?.className}`] : []),
  ]
}

function isFocused(target: Locator) {
  return target.evaluate((element) => element === document.activeElement)
}

const SOON_MS = 3000

/** Whether it becomes true, soon. */
async function comes(what: () => Promise<boolean>) {
  for (const until = Date.now() + SOON_MS; Date.now() < until;) if (await what()) return true
  return what()
}
