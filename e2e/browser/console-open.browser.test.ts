// What opens over the console's screens, light and dark, wide and narrow: axe finds nothing, the focus goes in, and back when Esc closes it.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { withMock } from './a-mock.ts'
import { consoleLayers, isBackAtOpener, type Layer, open } from './console-layers.ts'
import { isMissing } from './open-browser.ts'

const WIDTHS = [1440, 360]
const SCHEMES = ['light', 'dark'] as const
const SOON_MS = 5000
const LAYERS = '[role=dialog], [role=menu], aside.drawer'

const { aPage } = withMock()
let layers: Layer[]

beforeAll(async () => {
  if (isMissing) return
  layers = await prepare()
}, 60_000)

/** The mock's draft has no file yet, and without one it cannot be published. */
async function prepare() {
  const page = await aPage()
  const listOf = async (path: string) => {
    const response = await page.request.get(`/api/v1/${path}`)
    return ((await response.json()) as { items: Record<string, string>[] }).items
  }
  const [releases, rollouts] = [await listOf('releases'), await listOf('rollouts')]
  const pathOf = (release: Record<string, string> | undefined) =>
    `/console/releases/${release?.['productId']}/${release?.['version']}`
  const draft = pathOf(releases.find(({ state }) => state === 'draft'))
  await page.goto(draft)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'till-linux-x64.tar.gz', mimeType: 'application/gzip', buffer: Buffer.from('a till') })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await page.getByRole('button', { name: /^Remove till/ }).waitFor()
  await page.context().close()
  return consoleLayers({
    draft,
    release: pathOf(releases.find(({ state }) => state === 'published')),
    rollout: `/console/rollouts/${rollouts.find(({ state }) => state === 'running')?.['id']}`,
  })
}

test.skipIf(isMissing).each(WIDTHS)(
  'whatever opens over the console, at %i px',
  async (width) => {
    const page = await aPage({ viewport: { width, height: 900 } })

    for (const layer of layers) if (fits(layer, width)) await examine(page, layer)
    await page.context().close()
  },
  300_000,
)

function fits({ isNarrow, name }: Layer, width: number) {
  // The account is in the navigation, which is itself a layer where it is narrow.
  return width < 820 ? name !== 'the account' : !isNarrow
}

async function examine(page: Page, layer: Layer) {
  // Whoever closed the layer before is where they were.
  const { pathname, search } = new URL(page.url())
  if (pathname + search !== layer.path) await page.goto(layer.path)
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  const shown = page.locator(LAYERS).filter({ visible: true })
  const isThere = async () => (await shown.count()) === (layer.isSecond ? 2 : 1)
  await open(page, layer)
  if (!(await comes(isThere))) throw new Error(`${layer.name}: nothing opens`)
  const opened = shown.last()
  expect.soft(await comes(() => focusIsIn(page)), `${layer.name}: the focus goes in`).toBe(true)

  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme })
    const axe = new AxeBuilder({ page }).include(LAYERS)
    // Dark, only the colours are others.
    const { violations } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze()
    const found = violations.map(({ id, nodes }) => `${id} (${nodes.map(({ target }) => target.join(' ')).join(' | ')})`)
    expect.soft(found.join('\n'), `${layer.name}: axe, ${colorScheme}`).toBe('')
  }
  const isCut = await opened.evaluate((element) => element.scrollWidth > element.clientWidth)
  expect.soft(isCut, `${layer.name}: is cut off`).toBe(false)

  await page.keyboard.press('Escape')
  const isClosed = await comes(async () => (await shown.count()) === (layer.isSecond ? 1 : 0))
  expect.soft(isClosed, `${layer.name}: Esc closes it`).toBe(true)
  expect.soft(await comes(() => isBackAtOpener(page)), `${layer.name}: the focus comes back`).toBe(true)
}

function focusIsIn(page: Page) {
  return page.evaluate((layers) => document.activeElement?.closest(layers) !== null, LAYERS)
}

/** Whether it becomes true, soon. */
async function comes(what: () => Promise<boolean>) {
  for (const until = Date.now() + SOON_MS; Date.now() < until;) if (await what()) return true
  return what()
}
