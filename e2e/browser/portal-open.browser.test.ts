// What opens in the portal and in the settings, light and dark, wide and narrow: axe finds nothing, the focus goes in, and back by Esc.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { withMock } from './a-mock.ts'
import { isBackAtOpener, open } from './console-layers.ts'
import { isMissing } from './open-browser.ts'
import { type PortalLayer, portalLayers, settingsLayers } from './portal-layers.ts'

const SOON_MS = 3000
const OVER = '[role=dialog], [role=menu]'

const { aPage } = withMock()

describe.skipIf(isMissing).each([1440, 360])('%i px', (width) => {
  test.each([
    ['manager', 'the portal', portalLayers],
    ['administrator', 'the settings', settingsLayers],
  ])('as %s, whatever opens in %s', async (persona, _of, layers) => {
    const page = await aPage({ viewport: { width, height: 900 } })
    await page.goto(`/sign-in?as=${persona}&anew=1&next=/`)

    for (const layer of layers) await examine(page, layer)
    await page.context().close()
  })
})

async function examine(page: Page, layer: PortalLayer) {
  const { name, path, isInPlace } = layer
  await page.emulateMedia({ colorScheme: 'light' })
  await visit(page, path)
  await open(page, layer)
  if (!isInPlace) {
    await page.locator('[role=dialog], [role=menuitem]').last().waitFor()
    expect.soft(await comes(() => isFocusIn(page)), `${name}: the focus goes in`).toBe(true)
  }
  await layer.inside?.(page)

  expect.soft(await violations(page, layer), `${name}: axe, light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await violations(page, layer, 'color-contrast'), `${name}: axe, dark`).toEqual([])
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect.soft(widths[0], `${name}: scrolls sideways`).toBeLessThanOrEqual(widths[1] ?? 0)
  // Not only changed in its place: the next one begins with a fresh page.
  if (isInPlace || layer.inside) await page.goto('about:blank')
  else await close(page, name)
}

/** What was closed leaves the page as it was. */
async function visit(page: Page, path: string) {
  if (new URL(page.url()).pathname !== path) await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
}

async function violations(page: Page, { isInPlace }: PortalLayer, ...rules: string[]) {
  const axe = new AxeBuilder({ page }).include(isInPlace ? 'main' : OVER)
  const found = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze()
  return found.violations.map(({ id, nodes }) => `${id} (${nodes.map(({ target }) => target.join(' ')).join(' | ')})`)
}

async function close(page: Page, name: string) {
  await page.keyboard.press('Escape')
  const isClosed = async () => (await page.locator(OVER).count()) === 0
  expect.soft(await comes(isClosed), `${name}: Esc closes it`).toBe(true)
  expect.soft(await comes(() => isBackAtOpener(page)), `${name}: the focus comes back`).toBe(true)
}

function isFocusIn(page: Page) {
  return page.evaluate((over) => document.activeElement?.closest(over) !== null, OVER)
}

/** Whether it becomes true, soon. */
async function comes(what: () => Promise<boolean>) {
  for (const until = Date.now() + SOON_MS; Date.now() < until;) if (await what()) return true
  return what()
}
