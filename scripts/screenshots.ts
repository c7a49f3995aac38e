// `npm run screenshots [-- NAME …]`: every screen and state as a picture, from the built app on the mock, into screenshots/ (not in git).
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { type Mock, openMock } from '../e2e/browser/a-mock.ts'
import { CHROMIUM_ARGS, findChromium } from '../e2e/browser/chromium.ts'
import { consoleScreens, portalScreens, type Screen } from '../e2e/browser/screens.ts'
import { longWords } from './screenshots/long-words.ts'
import { LOOKS, type Look } from './screenshots/looks.ts'
import { findThings } from './screenshots/things.ts'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'screenshots')
/** Letters as on Windows, macOS and dense screens: hinted ones stand too close to each other. */
const UNHINTED = '--font-render-hinting=none'
/** The mark of a lost connection comes after 5 s. */
const OFFLINE_MS = 6000
const SETTLED_MS = 300
const wished = process.argv.slice(2)

const folder = mkdtempSync(join(tmpdir(), 'fairway-screenshots-'))
const mocks: Mock[] = []
try {
  const found = await findChromium(folder)
  if ('missing' in found) throw new Error(found.missing)
  const browser = await chromium.launch({ executablePath: found.path, args: [...CHROMIUM_ARGS, UNHINTED] })
  mkdirSync(OUT, { recursive: true })
  const plain = await openHere('dist')
  for (const look of LOOKS.filter(({ hasLongWords }) => !hasLongWords)) await shoot(browser, plain, look)
  const long = await openHere(await buildLong())
  for (const look of LOOKS.filter(({ hasLongWords }) => hasLongWords)) await shoot(browser, long, look)
  await browser.close()
} finally {
  await Promise.all(mocks.map((mock) => mock.close()))
  rmSync(folder, { recursive: true, force: true })
}

async function openHere(outDir: string) {
  const mock = await openMock(outDir)
  mocks.push(mock)
  return mock
}

async function buildLong() {
  const outDir = join(folder, 'long-words')
  await build({
    configFile: join(ROOT, 'web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
    plugins: [longWords()],
  })
  return outDir
}

async function shoot(browser: Browser, mock: Mock, look: Look) {
  const { scheme: colorScheme, width, scenario = 'full', isOffline = false, role } = look
  const faces = role
    ? ([[role, consoleScreens]] as const)
    : ([
        ['administrator', consoleScreens],
        ['manager', portalScreens],
      ] as const)
  for (const [as, screensOf] of faces) {
    const page = await mock.aPage(browser, { colorScheme, viewport: { width, height: 900 } }, { as, scenario })
    // As one whose server went away: nothing comes by the stream.
    if (isOffline) await page.route('**/api/v1/live', (route) => route.abort())
    const screens = screensOf(await findThings(page.request)).filter(
      ({ name, path }) => isWished(name) && !path.includes('undefined'),
    )
    for (const screen of isOffline ? screens.slice(0, 2) : screens) {
      await open(page, screen)
      await page.waitForTimeout(isOffline ? OFFLINE_MS : SETTLED_MS)
      await page.screenshot({ path: join(OUT, `${screen.name}-${look.name}.png`), fullPage: true })
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      if (isWide) console.log(`${screen.name}-${look.name} scrolls sideways`)
    }
    console.log(`${look.name}: ${screens.length} screens of ${as === 'manager' ? 'the portal' : 'the console'}`)
    await page.context().close()
  }
}

function isWished(name: string) {
  return wished.length === 0 || wished.some((wish) => name.startsWith(wish))
}

async function open(page: Page, { path }: Screen) {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  await page.evaluate(() => document.fonts.ready)
}
