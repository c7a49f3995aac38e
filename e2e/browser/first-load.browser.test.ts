// What a page brings with it is used, and what it leaves for later comes when it is needed: answers, menus, dialogs, the palette.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMissing, aPageOf, openBrowserForTest } from './open-browser.ts'
import { type Stage, setStage } from './stage.ts'

const isSkipped = isMissing

let stage: Stage
beforeAll(async () => {
  if (!isSkipped) stage = await setStage()
})
afterAll(async () => {
  if (!isSkipped) await stage.close()
})

const staff = () => ({ server: stage.server, email: 'admin@vendor.example' })

/** Opens the address, and tells what the page brought, what the app asked all the same, and what nobody wanted. */
async function load(page: Page, path: string) {
  // What the page before still asks is not ours.
  await page.goto('about:blank')
  const asked: string[] = []
  const unwanted: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (pathname.startsWith('/api/v1/')) asked.push(pathname + search)
  })
  page.on('console', (message) => {
    if (message.text().startsWith('Nobody asked')) unwanted.push(message.text())
  })
  const html = (await (await page.goto(path))?.text()) ?? ''
  await page.locator('h1').first().waitFor()
  const brought = [...html.matchAll(/data-ask="([^"]+)"/g)].map(([, ask = '']) => ask.replaceAll('&amp;', '&'))
  return { brought, asked, unwanted }
}

test.skipIf(isSkipped)('each answer that a page of the console brings is used, and not asked for again', async () => {
  const { page } = await aPageOf(await openBrowserForTest(), staff())

  for (const path of ['/console', '/console/releases', '/console/rollouts']) {
    const { brought, asked, unwanted } = await load(page, path)
    expect(brought.length, path).toBeGreaterThan(2)
    expect(unwanted, path).toEqual([])
    expect(
      asked.filter((ask) => brought.includes(ask)),
      path,
    ).toEqual([])
  }
})

test.skipIf(isSkipped)('and those of the portal; a person of the staff is brought nothing of it', async () => {
  const customer = await stage.aCustomer('Harbour Bakery')
  const browser = await openBrowserForTest()

  const theirs = await load((await aPageOf(browser, customer)).page, '/')
  expect(theirs.brought).toContain('/api/v1/installations?state=active&sort=need&limit=100')
  expect(theirs.unwanted).toEqual([])
  expect(theirs.asked.filter((ask) => theirs.brought.includes(ask))).toEqual([])

  const { page } = await aPageOf(browser, staff())
  const html = (await (await page.request.get('/', { headers: { accept: 'text/html' } })).text()) ?? ''
  expect(html).toContain('data-ask="/api/v1/me"')
  expect(html).not.toContain('/api/v1/installations')
})

test.skipIf(isSkipped)('menu, dialog and palette come when they are opened, and give the focus back', async () => {
  const { page, complaints } = await aPageOf(await openBrowserForTest(), staff())
  await load(page, '/console/customers')

  const account = page.getByRole('button', { name: 'admin' })
  await account.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Your account' }).waitFor()
  expect(await account.getAttribute('aria-expanded')).toBe('true')
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await expect.poll(() => account.evaluate((one) => one === document.activeElement)).toBe(true)

  await account.click()
  await page.getByRole('menuitem', { name: /dark/i }).click()
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('settings')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'New customer' }).first().click()
  await page.getByRole('dialog', { name: 'New customer' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})
