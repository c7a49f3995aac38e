// What opens over the console's screens: dialogs, menus, the panel, the palette; each with the way there by keys.
import type { Locator, Page } from 'playwright-core'

/** Pressed by Enter one after the other; a text is a key. */
type Way = (((page: Page) => Locator) | string)[]

export interface Layer {
  name: string
  path: string
  way: Way
  /** Only where there is room for no more than one column. */
  isNarrow?: boolean
  /** Opens over another layer, which stays. */
  isSecond?: boolean
}

const button =
  (name: string | RegExp, place = 0) =>
  (page: Page) =>
    page.getByRole('main').getByRole('button', { name, exact: true }).nth(place)
const item = (name: string | RegExp) => (page: Page) => page.getByRole('menuitem', { name })
const row = (page: Page) => page.getByRole('main').locator('tbody').getByRole('link').first()
const MORE = 'More actions'

export function consoleLayers({ draft, release, rollout }: { draft: string; release: string; rollout: string }): Layer[] {
  const fleet = '/console/fleet'
  const inbox = '/console/inbox/open/INQ-2041'
  const customer = '/console/customers/org_brennmoor'
  return [
    { name: 'the palette', path: '/console', way: ['ControlOrMeta+k'] },
    { name: 'the keys', path: '/console', way: ['?'] },
    { name: 'the account', path: '/console', way: [(page) => page.getByRole('button', { name: /An administrator/ })] },
    { name: 'the navigation', path: '/console', way: [(page) => page.getByRole('button', { name: 'Menu' })], isNarrow: true },
    { name: 'publish', path: draft, way: [button('Publish')] },
    { name: 'discard a draft', path: draft, way: [button(MORE), item('Discard draft')] },
    { name: 'change the fixes', path: draft, way: [button('Change fixes')] },
    { name: 'remove a file', path: draft, way: [button(/^Remove /)] },
    { name: 'more of a release', path: release, way: [button(MORE)] },
    { name: 'withdraw', path: release, way: [button('Withdraw')] },
    { name: 'pause', path: rollout, way: [button('Pause')] },
    { name: 'halt', path: rollout, way: [button(/^Halt/)] },
    { name: 'halt, by its key', path: rollout, way: ['Shift+H'] },
    { name: 'more of a rollout', path: rollout, way: [button(MORE)] },
    { name: 'filters of the fleet', path: fleet, way: [button('Filter')] },
    { name: 'the panel', path: fleet, way: [row] },
    { name: 'more of an installation', path: fleet, way: [row, inPanel(MORE)], isSecond: true },
    { name: 'rename', path: fleet, way: [row, inPanel('Rename')], isSecond: true },
    { name: 'retire', path: fleet, way: [row, inPanel(MORE), item('Retire')], isSecond: true },
    { name: 'revoke a key', path: fleet, way: [row, inPanel(MORE), item('Revoke its key')], isSecond: true },
    { name: 'assign', path: inbox, way: [button(/^Assign/)] },
    { name: 'more of an inquiry', path: inbox, way: [button(MORE)] },
    { name: 'link to a known error', path: '/console/inbox/open/INQ-2051', way: [button('Link to a known error')] },
    { name: 'close an inquiry', path: '/console/inbox/open/INQ-2051', way: ['e'] },
    { name: 'unlink', path: inbox, way: [button('Unlink')] },
    { name: 'a new customer', path: '/console/customers', way: [button('New customer')] },
    { name: 'edit a customer', path: customer, way: [button(MORE), item('Name and language')] },
    { name: 'archive a customer', path: customer, way: [button(MORE), item('Archive customer')] },
    { name: 'give a product', path: customer, way: [button('Give a product')] },
    { name: 'take a product back', path: customer, way: [button(/^Take /), item('Take back')] },
    { name: 'invite somebody', path: customer, way: [button('Invite somebody')] },
  ]
}

function inPanel(name: string) {
  return (page: Page) => page.getByLabel('Installation', { exact: true }).getByRole('button', { name, exact: true })
}

/** What was pressed last outside of menus is where the focus belongs when the layer closes. */
export async function open(page: Page, { way }: Layer) {
  for (const step of way) {
    if (typeof step === 'string') {
      // Keys act wherever the focus is; here it is somewhere.
      await page.keyboard.press('Tab')
      await page.evaluate(() => Object.assign(globalThis, { opener: document.activeElement }))
      await page.keyboard.press(step)
      continue
    }
    const pressed = step(page)
    await pressed.evaluate((element) => element.role !== 'menuitem' && Object.assign(globalThis, { opener: element }))
    await pressed.press('Enter')
  }
}

export function isBackAtOpener(page: Page) {
  return page.evaluate(() => document.activeElement === (globalThis as { opener?: Element }).opener)
}
