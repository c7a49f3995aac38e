// `npm run screenshots [-- NAME …]`: every screen and state as a picture, from the built app on the mock, into screenshots/ (not in git).
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { preview } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../e2e/browser/chromium.ts'
import { consoleScreens, portalScreens, type Screen, type Things } from '../e2e/browser/screens.ts'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'screenshots')
const PORT = 4613
const MOCK_PORT = '4614'
const wished = process.argv.slice(2)

interface Look {
  name: string
  width: number
  scheme: 'light' | 'dark'
}

const ALL: Look[] = [
  { name: 'light-1440', width: 1440, scheme: 'light' },
  { name: 'dark-1440', width: 1440, scheme: 'dark' },
  { name: 'light-390', width: 390, scheme: 'light' },
  { name: 'light-360', width: 360, scheme: 'light' },
  { name: 'dark-360', width: 360, scheme: 'dark' },
]
/** States besides the full one; one look is enough to judge their words. */
const STATES = ['empty', 'failing', 'offline'] as const

const folder = mkdtempSync(join(tmpdir(), 'fairway-screenshots-'))
const mock = spawn(process.execPath, [join(ROOT, 'web/mock/main.ts')], {
  stdio: 'inherit',
  env: { ...process.env, MOCK_STILL: '1', MOCK_PORT },
})
try {
  const found = await findChromium(folder)
  if ('missing' in found) throw new Error(found.missing)
  process.env['FAIRWAY_DEV_SERVER'] = `http://127.0.0.1:${MOCK_PORT}`
  const server = await preview({
    configFile: join(ROOT, 'web/vite.config.ts'),
    preview: { host: '127.0.0.1', port: PORT, strictPort: true },
    logLevel: 'warn',
  })
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS })
  mkdirSync(OUT, { recursive: true })
  for (const look of ALL) await shoot(browser, look, 'full')
  for (const state of STATES) await shoot(browser, { name: `light-1440-${state}`, width: 1440, scheme: 'light' }, state)
  await browser.close()
  await server.close()
} finally {
  mock.kill()
  rmSync(folder, { recursive: true, force: true })
}

async function shoot(browser: Browser, look: Look, state: 'full' | (typeof STATES)[number]) {
  const scenario = state === 'offline' ? 'full' : state
  for (const [persona, screensOf] of [['administrator', consoleScreens] as const, ['manager', portalScreens] as const]) {
    const context = await browser.newContext({
      baseURL: `http://127.0.0.1:${PORT}`,
      viewport: { width: look.width, height: 900 },
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    // As one whose server went away: nothing comes by the stream.
    if (state === 'offline') await page.route('**/api/v1/live', (route) => route.abort())
    await page.goto(`/sign-in?as=${persona}&scenario=${scenario}&next=/health/live`)
    const things = await findThings(page.request)
    const screens = screensOf(things).filter(({ name, path }) => isWished(name) && !path.includes('undefined'))
    for (const screen of state === 'offline' ? screens.slice(0, 2) : screens) {
      await open(page, screen, state === 'offline' ? 6000 : 300)
      await page.screenshot({ path: join(OUT, `${screen.name}-${look.name}.png`), fullPage: true })
    }
    console.log(`${look.name}: ${screens.length} screens of ${persona === 'manager' ? 'the portal' : 'the console'}`)
    await context.close()
  }
}

function isWished(name: string) {
  return wished.length === 0 || wished.some((wish) => name.startsWith(wish))
}

async function open(page: Awaited<ReturnType<Browser['newPage']>>, { path }: Screen, settleMs: number) {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(settleMs)
}

interface Item {
  id: string
  version?: string
  state?: string
  status?: string
  steps?: object[]
}

/** The one under way that shows most. */
function mostSteps(rollouts: Item[] | undefined) {
  const running = rollouts?.filter(({ state }) => state === 'running')
  return running?.toSorted((a, b) => (b.steps?.length ?? 0) - (a.steps?.length ?? 0))[0]
}

/** One of each; what a world lacks is `undefined`, and its screen is left out. */
async function findThings(request: Awaited<ReturnType<Browser['newContext']>>['request']): Promise<Things> {
  const firstOf = async (path: string) => {
    const response = await request.get(`/api/v1/${path}`)
    const { items = [] } = response.ok() ? ((await response.json()) as { items?: Item[] }) : {}
    return items
  }
  const [installations, inquiries, rollouts, knownErrors, organisations, releases] = await Promise.all(
    ['installations', 'inquiries', 'rollouts', 'known-errors', 'organisations', 'releases'].map(firstOf),
  )
  const published = releases?.find(({ state }) => state === 'published')
  return {
    installationId: String(installations?.[0]?.id),
    // The one with its proof shows most.
    inquiryId: String((inquiries?.find(({ status }) => status === 'closed_by_itself') ?? inquiries?.[0])?.id),
    rolloutId: String((mostSteps(rollouts) ?? rollouts?.[0])?.id),
    knownErrorId: String(knownErrors?.[0]?.id),
    organisationId: String(organisations?.[0]?.id),
    productId: String((published as { productId?: string } | undefined)?.productId),
    version: String(published?.version),
  }
}
