// Every screen of the app: its address, the file that draws it, the words it says, and what it asks the server first. Plain data: the build reads it, too.
import type { WordFile } from './words/files.ts'

export interface Screen {
  /** Below the address of its face; empty for the first one. */
  path: string
  /** Below features/. */
  page: `${string}/${string}-page`
  /** Besides those of its frame. */
  words: readonly WordFile[]
  /** What its loader asks where the address has no `?`, to the letter: the page brings the answers. `{name}`: a field of the first answer. */
  asks?: readonly `/api/v1/${string}`[]
}

export interface Face {
  kind: 'staff' | 'member'
  /** Where its screens lie. */
  base: '/console' | '/'
  frame: 'console-frame' | 'portal-frame'
  words: readonly WordFile[]
  asks: readonly `/api/v1/${string}`[]
  screens: readonly Screen[]
}

const WHO = ['/api/v1/me', '/api/v1/vendor'] as const

export const consoleFace: Face = {
  kind: 'staff',
  base: '/console',
  frame: 'console-frame',
  words: [],
  // The navigation counts what needs somebody.
  asks: [...WHO, '/api/v1/rollouts?limit=100', '/api/v1/inquiry-counts'],
  screens: [
    {
      path: '',
      page: 'today/today-page',
      words: ['today'],
      asks: [
        '/api/v1/inquiries?state=open&sort=waiting&limit=5',
        '/api/v1/installation-counts',
        '/api/v1/installations?state=active&sort=need&limit=5',
        '/api/v1/releases?limit=100',
        '/api/v1/products',
      ],
    },
    { path: 'start', page: 'today/first-run-page', words: ['today'] },
    { path: 'inbox/:view?/:inquiryId?', page: 'inquiries/inbox-page', words: ['inquiries'] },
    { path: 'timeline', page: 'timeline/timeline-page', words: ['timeline'] },
    {
      path: 'releases',
      page: 'delivery/releases-page',
      words: ['releases', 'rollouts'],
      asks: ['/api/v1/releases?limit=50', '/api/v1/products', '/api/v1/installation-counts'],
    },
    { path: 'releases/new', page: 'delivery/new-release-page', words: ['releases'] },
    { path: 'releases/:productId/:version/:tab?', page: 'delivery/release-page', words: ['releases', 'rollouts'] },
    {
      path: 'rollouts',
      page: 'delivery/rollouts-page',
      words: ['rollouts'],
      asks: ['/api/v1/products'],
    },
    { path: 'rollouts/new', page: 'delivery/new-rollout-page', words: ['rollouts'] },
    {
      path: 'rollouts/:rolloutId',
      page: 'delivery/rollout-page',
      words: ['rollouts'],
      asks: [
        '/api/v1/rollouts/:rolloutId',
        '/api/v1/rollouts/:rolloutId/failures',
        '/api/v1/installation-counts?productId={productId}&channel={channel}',
        '/api/v1/rollouts?productId={productId}&limit=100&channel={channel}',
      ],
    },
    { path: 'fleet', page: 'fleet/fleet-page', words: ['fleet'] },
    { path: 'fleet/connect', page: 'fleet/connect-page', words: ['fleet'] },
    {
      path: 'fleet/:installationId',
      page: 'fleet/installation-page',
      words: ['fleet'],
      asks: ['/api/v1/installations/:installationId', '/api/v1/installations/:installationId/reports?limit=50'],
    },
    { path: 'known-errors', page: 'known-errors/known-errors-page', words: ['knownErrors'] },
    { path: 'known-errors/new', page: 'known-errors/new-known-error-page', words: ['knownErrors'] },
    {
      path: 'known-errors/:knownErrorId',
      page: 'known-errors/known-error-page',
      words: ['knownErrors'],
      asks: ['/api/v1/known-errors/:knownErrorId', '/api/v1/products'],
    },
    { path: 'customers', page: 'identity/customers-page', words: ['customers'] },
    { path: 'customers/:organisationId', page: 'identity/customer-page', words: ['customers', 'organisation'] },
    { path: 'settings/:section?', page: 'settings/settings-page', words: ['settings', 'organisation'] },
  ],
}

export const portalFace: Face = {
  kind: 'member',
  base: '/',
  frame: 'portal-frame',
  words: ['portal'],
  asks: WHO,
  screens: [
    {
      path: '',
      page: 'portal/home-page',
      words: [],
      asks: [
        '/api/v1/installations?state=active&sort=need&limit=100',
        '/api/v1/installation-counts',
        '/api/v1/products',
        '/api/v1/known-errors?affectsMe=true&limit=100',
        '/api/v1/inquiry-counts',
        '/api/v1/inquiries?state=open&sort=changed&limit=20',
        '/api/v1/inquiries?state=closed&sort=changed&limit=1',
        '/api/v1/outlooks?installationIds={items.id}',
      ],
    },
    { path: 'releases/:productId?/:version?', page: 'portal/news-page', words: [] },
    { path: 'installations/:installationId', page: 'portal/installation-page', words: [] },
    { path: 'inquiries', page: 'inquiries/my-inquiries-page', words: ['inquiries'] },
    { path: 'inquiries/new', page: 'inquiries/new-inquiry-page', words: ['inquiries'] },
    {
      path: 'inquiries/:inquiryId',
      page: 'inquiries/my-inquiry-page',
      words: ['inquiries'],
      asks: ['/api/v1/inquiries/:inquiryId'],
    },
    { path: 'organisation', page: 'identity/organisation-page', words: ['organisation', 'customers'] },
    { path: 'account', page: 'settings/account-page', words: ['settings', 'organisation'] },
  ],
}

export const faces: readonly Face[] = [consoleFace, portalFace]
