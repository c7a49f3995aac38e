// A browser for a test, and pages of people who are signed in; whatever a page complains of fails the test that asks.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import { PASSWORD } from '../../scripts/demo/people.ts'
import { CHROMIUM_ARGS } from './chromium.ts'

const found = inject('chromium')

/** Browser tests run where Chromium starts; elsewhere they are skipped, and the set-up says why. */
export const isMissing = 'missing' in found

export async function openBrowser() {
  if ('missing' in found) throw new Error(found.missing)
  return chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS })
}

export interface Person {
  server: string
  email: string
  password?: string
}

/** A browser of their own, as it were: cookies are not shared with others. */
export async function aPageOf(
  browser: Browser,
  { server, email, password = PASSWORD }: Person,
  look: BrowserContextOptions = {},
) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server, ...look })
  const page = await context.newPage()
  const complaints = listen(page)
  // Playwright catches file dialogs only once it listens, and needs a moment to begin: longer than a key takes.
  page.on('filechooser', () => undefined)
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return { page, context, complaints }
}

/** Errors of scripts, of the content security policy and of requests. */
function listen(page: Page) {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url}, on ${page.url()})`)
  })
  return complaints
}

/** Closed by itself when the running test is finished. */
export async function openBrowserForTest() {
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  return browser
}
