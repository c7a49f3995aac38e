// A person without a mouse: everything is reached by Tab and done by keys.
import type { Locator, Page } from 'playwright-core'

/** More stops than any page has. */
const MOST_STOPS = 150

/** Tabs on until the focus is there; throws where no Tab leads to it. */
export async function reach(page: Page, target: Locator) {
  await target.first().waitFor()
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`No Tab leads to ${target}.`)
}

export async function press(page: Page, target: Locator, key = 'Enter') {
  await reach(page, target)
  await page.keyboard.press(key)
}

/** Replaces what stands in a field. */
export async function write(page: Page, target: Locator, text: string) {
  await reach(page, target)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

/** Files, by the button that opens the system's own dialog. */
export async function choose(page: Page, button: Locator, files: string[]) {
  await page.waitForLoadState('load')
  await reach(page, button)
  const opened = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await opened).setFiles(files)
}
