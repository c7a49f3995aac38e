// The line to the server is cut while a customer reads and writes: the screen says so, nothing that was written is lost, and it recovers by itself.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withMock } from './a-mock.ts'
import { isMissing } from './open-browser.ts'

const SAID = /^Not connected since/
/** Five seconds without are said; the browser and the app try again every few. */
const PATIENCE = { timeout: 20_000 }

const { aPage } = withMock()
let line: Awaited<ReturnType<typeof aLine>>

beforeAll(async () => {
  if (isMissing) return
  const page = await aPage()
  line = await aLine(Number(new URL(page.url()).port))
  await page.context().close()
}, 60_000)

afterAll(() => line?.close())

/** A line to the server that can be cut and mended. */
async function aLine(port: number) {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((from) => {
    if (isCut) return from.destroy()
    const to = connect(port, '127.0.0.1')
    for (const one of [from, to]) sockets.add(one.on('error', () => one.destroy()).on('close', () => sockets.delete(one)))
    from.pipe(to).pipe(from)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const drop = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      drop()
    },
    mend: () => void (isCut = false),
    close() {
      drop()
      return new Promise((done) => server.close(done))
    },
  }
}

async function aCustomersPage(path: string) {
  const page = await aPage({ baseURL: line.url })
  const isLive = page.waitForResponse('**/api/v1/live')
  await page.goto(`/sign-in?as=manager&anew=1&next=${encodeURIComponent(path)}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await isLive
  return page
}

/** Until the screen says it, while `doing` goes on. */
async function whileAway(page: Page, doing: () => Promise<void>) {
  line.cut()
  await page.getByText(SAID).first().waitFor(PATIENCE)
  await doing()
  line.mend()
  await expect.poll(() => page.getByText(SAID).count(), PATIENCE).toBe(0)
}

describe.skipIf(isMissing)('without a connection', () => {
  test('the home stays, says since when, and is live again', async () => {
    const page = await aCustomersPage('/')
    const sentence = await page.getByRole('heading', { level: 1 }).textContent()

    await whileAway(page, async () => {
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(sentence)
      expect(await page.getByText('Live', { exact: true }).count()).toBe(0)
    })

    await page.getByText('Live', { exact: true }).waitFor()
    await page.context().close()
  })

  test('a message that is half written stays, is not sent in vain, and is sent afterwards', async () => {
    const page = await aCustomersPage('/inquiries/INQ-2050')
    const field = page.getByRole('textbox', { name: 'Reply' })
    await field.fill('The lamp is')

    await whileAway(page, async () => {
      await field.press('End')
      await page.keyboard.type(' green.')
      await page.getByRole('button', { name: 'Send reply' }).click()
      await page.getByText('The server did not answer.', { exact: false }).waitFor()
      expect(await field.inputValue()).toBe('The lamp is green.')
    })

    expect(await field.inputValue()).toBe('The lamp is green.')
    await page.getByRole('button', { name: 'Send reply' }).click()
    await page.getByRole('article').getByText('The lamp is green.').waitFor()
    expect(await field.inputValue()).toBe('')
    await page.context().close()
  })

  test('a new inquiry keeps its words and its file, and is sent with it afterwards', async () => {
    const page = await aCustomersPage('/inquiries/new?installation=in_8fk2m4')
    const sentence = page.getByRole('textbox', { name: 'In one sentence' })
    await sentence.fill('No labels since noon')
    const buffer = Buffer.from('a picture')
    await page.locator('input[type=file]').setInputFiles({ name: 'queue.png', mimeType: 'image/png', buffer })

    await whileAway(page, async () => {
      await page.getByRole('button', { name: 'Send inquiry' }).click()
      await page.getByText('The server did not answer.', { exact: false }).waitFor()
    })

    expect(await sentence.inputValue()).toBe('No labels since noon')
    await page.getByText('queue.png').waitFor()
    await page.getByRole('button', { name: 'Send inquiry' }).click()
    await page.waitForURL(/\/inquiries\/INQ-\d/)
    await page.getByRole('link', { name: 'queue.png' }).waitFor()
    await page.context().close()
  })

  test('a page that could not be loaded comes by itself', async () => {
    const page = await aCustomersPage('/')

    line.cut()
    await page.getByRole('link', { name: 'Inquiries', exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: 'The server does not answer' }).waitFor(PATIENCE)
    line.mend()

    await page.getByRole('heading', { level: 1, name: /inquir/ }).waitFor(PATIENCE)
    expect(new URL(page.url()).pathname).toBe('/inquiries')
    await page.context().close()
  })
})
