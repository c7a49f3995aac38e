// The built app before the mock: every screen is full within a second, and nothing happens by itself.
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { preview } from 'vite'
import { afterAll, beforeAll } from 'vitest'
import { createMock } from '../../web/mock/server.ts'
import { createWorlds } from '../../web/mock/worlds.ts'
import { isMissing, openBrowser } from './open-browser.ts'

const WEB = join(import.meta.dirname, '../../web')
const OF_THE_SERVER = ['/api', '/sign-in', '/sign-out', '/health']

export type Mock = Awaited<ReturnType<typeof openMock>>

interface Who {
  /** A persona of the mock; an administrator may do everything. */
  as?: string
  scenario?: string
}

/** @param outDir where the app was built to. */
export async function openMock(outDir = 'dist') {
  const mock = createMock(createWorlds({ isStill: true }), { scenario: 'full' })
  await new Promise<void>((resolve) => mock.listen(0, '127.0.0.1', resolve))
  const target = `http://127.0.0.1:${(mock.address() as AddressInfo).port}`
  const proxy = Object.fromEntries(OF_THE_SERVER.map((path) => [path, { target, changeOrigin: true }]))
  const app = await preview({
    configFile: false,
    root: WEB,
    logLevel: 'silent',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, proxy },
  })
  const baseURL = `http://127.0.0.1:${(app.httpServer.address() as AddressInfo).port}`
  return {
    async aPage(browser: Browser, look: BrowserContextOptions = {}, { as = 'administrator', scenario = 'full' }: Who = {}) {
      const context = await browser.newContext({
        baseURL,
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...look,
      })
      const page = await context.newPage()
      // Of the pages behind it the first one that matters is opened by whoever asked.
      await page.goto(`/sign-in?${new URLSearchParams({ as, scenario, next: '/health/live' })}`)
      return page
    },
    async close() {
      await app.close()
      mock.closeAllConnections()
      mock.close()
    },
  }
}

/** One of each for the tests of a file, from before the first to after the last; nothing where there is no Chromium. */
export function withMock() {
  let mock: Mock | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    if (isMissing) return
    mock = await openMock()
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await mock?.close()
  })
  return {
    aPage(look?: BrowserContextOptions, who?: Who) {
      if (!mock || !browser) throw new Error('There are pages only inside of tests, and where there is a Chromium.')
      return mock.aPage(browser, look, who)
    },
  }
}
