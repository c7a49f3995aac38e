// What opens in the portal and in the settings: menus, dialogs, and what unfolds in its place; each with the way there by keys.
import type { Page } from 'playwright-core'
import type { Layer } from './console-layers.ts'

export interface PortalLayer extends Layer {
  /** What is written and pressed in it, before it is looked at. */
  inside?: (page: Page) => Promise<void>
  /** Nothing lies over the page: it unfolds in it, and Esc does not close it. */
  isInPlace?: boolean
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true }).first()
const item = (name: string) => (page: Page) => page.getByRole('menuitem', { name, exact: true })

export const portalLayers: PortalLayer[] = [
  { name: 'the palette', path: '/', way: ['ControlOrMeta+k'] },
  { name: 'the account', path: '/', way: [(page) => page.getByRole('banner').getByRole('button')] },
  { name: 'all faults', path: '/', way: [(page) => page.getByRole('link', { name: 'Show', exact: true })], isInPlace: true },
  { name: 'rename the organisation', path: '/organisation', way: [button('Rename')] },
  { name: 'a name that is missing', path: '/organisation', way: [button('Rename')], inside: (page) => submit(page, '') },
  { name: 'invite a member', path: '/organisation', way: [button('Invite somebody')] },
  {
    name: 'an address that is none',
    path: '/organisation',
    way: [button('Invite somebody')],
    inside: (page) => submit(page, 'x'),
  },
  { name: 'actions for a member', path: '/organisation', way: [button('Actions for Warehouse lead')] },
  { name: 'remove a member', path: '/organisation', way: [button('Actions for Warehouse lead'), item('Remove')] },
  { name: 'the last manager', path: '/organisation', way: [button('Actions for A manager'), item('Make member')] },
  { name: 'take an invitation back', path: '/organisation', way: [button(/^Actions for night-shift/), item('Take back')] },
  { name: 'add a passkey', path: '/account', way: [button('Add a passkey')] },
  { name: 'remove a passkey', path: '/account', way: [button('Actions for Laptop'), item('Remove')] },
  { name: 'change the password', path: '/account', way: [button('Change password')] },
  { name: 'turn on the second step', path: '/account', way: [button('Turn on')] },
  { name: 'end all other sessions', path: '/account', way: [button('End all others')] },
  { name: 'a new token', path: '/account', way: [button('New token')] },
  { name: 'reopen', path: '/inquiries/INQ-2041', way: [button('No, reopen')], isInPlace: true },
  { name: 'an empty reply', path: '/inquiries/INQ-2050', way: [button('Send reply')], isInPlace: true },
  { name: 'what to do', path: '/inquiries/new', way: [button('Show what to do')], isInPlace: true },
  { name: 'an inquiry without a sentence', path: '/inquiries/new', way: [button('Send inquiry')], isInPlace: true },
]

export const settingsLayers: PortalLayer[] = [
  { name: 'invite a colleague', path: '/console/settings/people', way: [button('Invite somebody')] },
  { name: 'roles', path: '/console/settings/people', way: [button('Actions for Support A'), item('Change roles')] },
  { name: 'remove a colleague', path: '/console/settings/people', way: [button('Actions for Support A'), item('Remove')] },
  { name: 'a token that is made', path: '/console/settings/tokens', way: [button('New token')], inside: makeToken },
  { name: 'a new product', path: '/console/settings/products', way: [button('New product')] },
  { name: 'a product’s actions', path: '/console/settings/products', way: [button('Actions for Quayline')] },
  {
    name: 'change a product',
    path: '/console/settings/products',
    way: [button('Actions for Quayline'), item('Change name and rules')],
  },
  { name: 'add a channel', path: '/console/settings/products', way: [button('Actions for Quayline'), item('Add a channel')] },
  { name: 'skip an event', path: '/console/settings/events', way: [button(/^Actions for portal.tell/), item('Skip')] },
  {
    name: 'unsaved changes',
    path: '/console/settings/vendor',
    way: [(page) => page.getByRole('textbox', { name: 'Name' })],
    inside: (page) => page.keyboard.type(' & Sons'),
    isInPlace: true,
  },
]

async function submit(page: Page, text: string) {
  const field = page.getByRole('dialog').getByRole('textbox').first()
  await field.fill(text)
  await field.press('Enter')
}

async function makeToken(page: Page) {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('a pipeline')
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByRole('button', { name: 'Make the token' }).click()
  await page.getByRole('dialog', { name: 'Copy it now' }).waitFor()
}
