// The console without a mouse: on each main screen Tab leads everywhere, the focus is seen, the first action is reached, and the way back does not lose it.
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { withMock } from './a-mock.ts'
import { reach } from './by-keyboard.ts'
import { isMissing } from './open-browser.ts'

/** More than any screen has. */
const MOST_STOPS = 200

interface Walk {
  path: string
  /** What the screen is for. */
  action: (page: Page) => Locator
  /** Where that leads: another screen, or a dialog. */
  to: RegExp | 'dialog'
}

const link = (name: string | RegExp) => (page: Page) => page.getByRole('main').getByRole('link', { name }).first()
const button = (name: string | RegExp) => (page: Page) => page.getByRole('main').getByRole('button', { name }).first()

const WALKS: Walk[] = [
  { path: '/console', action: link(/^INQ-/), to: /inbox\/open\/INQ-/ },
  { path: '/console/inbox', action: link(/Label printer/), to: /inbox\/open\/INQ-2051/ },
  { path: '/console/timeline', action: link(/^INQ-2052/), to: /event=/ },
  { path: '/console/releases', action: link('New release'), to: /releases\/new/ },
  { path: '/console/rollouts', action: link('Start a rollout'), to: /rollouts\/new/ },
  { path: '/console/rollouts/ro_57', action: button(/^Halt/), to: 'dialog' },
  { path: '/console/rollouts/new', action: link('Open that rollout'), to: /rollouts\/ro_57/ },
  { path: '/console/fleet', action: link('Connect an installation'), to: /fleet\/connect/ },
  { path: '/console/known-errors', action: link('New known error'), to: /known-errors\/new/ },
  { path: '/console/known-errors/KE-118', action: button('Edit'), to: /\?edit/ },
  { path: '/console/customers', action: button('New customer'), to: 'dialog' },
  { path: '/console/customers/org_brennmoor', action: link('Connect an installation'), to: /fleet\/connect/ },
]

const { aPage } = withMock()
let page: Page

beforeAll(async () => {
  if (isMissing) return
  page = await aPage()
}, 60_000)

describe.skipIf(isMissing)('by keyboard', () => {
  test.each(WALKS)(
    '$path',
    async ({ path, action, to }) => {
      await show(path)

      const stops = await walkThrough()

      expect(stops.filter(({ problem }) => problem !== '')).toEqual([])
      await reach(page, action(page))
      await page.keyboard.press('Enter')
      if (to === 'dialog') {
        await page.getByRole('dialog').waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      } else {
        await page.waitForURL(to)
        await expectFocus()
        await page.goBack()
        await page.waitForURL((url) => url.pathname + url.search === path)
      }
      await expectFocus()
    },
    120_000,
  )

  test('the way past the navigation, into the panel of the fleet and out again', async () => {
    await show('/console/fleet')

    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await reach(page, page.locator('tbody').getByRole('link').nth(1))
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: 'Installation' })
    await expect.poll(() => panel.getByRole('heading', { level: 2 }).evaluate(isFocused)).toBe(true)
    await page.keyboard.press('Escape')

    await panel.waitFor({ state: 'hidden' })
    expect(await page.locator('tbody').getByRole('link').nth(2).evaluate(isFocused)).toBe(true)
  }, 60_000)

  test('notes of a release are written in their place', async () => {
    await show('/console/releases/quayline/1.4.2')

    await reach(page, page.getByRole('button', { name: 'Change notes' }))
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('textbox', { name: 'Release notes' }).evaluate(isFocused)).toBe(true)
    await reach(page, page.getByRole('button', { name: 'Cancel' }))
    await page.keyboard.press('Enter')

    await expect.poll(() => page.getByRole('button', { name: 'Change notes' }).evaluate(isFocused)).toBe(true)
  }, 60_000)

  test('an answer in the inbox: R begins it, Esc leaves it', async () => {
    await show('/console/inbox/open/INQ-2051')

    await page.keyboard.press('r')
    await page.keyboard.type('We look into it.')
    await page.keyboard.press('Escape')
    await page.keyboard.press('k')

    await page.waitForURL(/INQ-(?!2051)/)
    await page.goBack()
    await page.waitForURL(/INQ-2051/)
    const answer = page.getByRole('textbox', { name: /^Answer to/ })
    await expect.poll(() => answer.inputValue()).toBe('We look into it.')
  }, 60_000)
})

async function show(path: string) {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
}

interface Stop {
  name: string
  /** Empty where all is well. */
  problem: string
}

/** Once around by Tab: from the beginning of the document to its end. */
async function walkThrough() {
  const stops: Stop[] = []
  for (let count = 0; count < MOST_STOPS; count++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(lookAtFocus)
    if (stop === null) return stops
    stops.push(stop)
  }
  throw new Error(
    `Tab does not come to an end: ${stops
      .slice(-3)
      .map(({ name }) => name)
      .join(', ')}`,
  )
}

/** Runs in the page. `null`: the focus has left the document. */
function lookAtFocus(): Stop | null {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return null
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const shown = {
    left: Math.max(0, left),
    right: Math.min(innerWidth, right),
    top: Math.max(0, top),
    bottom: Math.min(innerHeight, bottom),
  }
  const above = document.elementFromPoint((shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2)
  const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''}`
  const problems = [
    [width === 0 || height === 0, 'has no size'],
    [shown.left >= shown.right || shown.top >= shown.bottom, 'is out of sight'],
    [outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2, 'has no outline'],
    [above !== null && !element.contains(above) && !above.contains(element), 'is covered'],
  ] as const
  return {
    name,
    problem: problems
      .filter(([isSo]) => isSo)
      .map(([, words]) => words)
      .join(', '),
  }
}

function isFocused(element: Element) {
  return element === document.activeElement
}

async function expectFocus() {
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true)
}
