// Every screen, by whom it is for: what must hold for all of them is shown for all of them.
export interface Screen {
  name: string
  path: string
}

/** What the addresses of single things need. */
export interface Things {
  installationId: string
  inquiryId: string
  rolloutId: string
  knownErrorId: string
  organisationId: string
  productId: string
  version: string
}

export function portalScreens({ installationId, inquiryId, productId, version }: Things): Screen[] {
  return [
    { name: 'portal-home', path: '/' },
    { name: 'portal-news', path: '/releases' },
    { name: 'portal-release', path: `/releases/${productId}/${version}` },
    { name: 'portal-installation', path: `/installations/${installationId}` },
    { name: 'portal-inquiries', path: '/inquiries' },
    { name: 'portal-inquiry', path: `/inquiries/${inquiryId}` },
    { name: 'portal-new-inquiry', path: `/inquiries/new?installation=${installationId}` },
    { name: 'portal-organisation', path: '/organisation' },
    { name: 'portal-account', path: '/account' },
    { name: 'portal-not-found', path: '/nowhere' },
  ]
}

export function consoleScreens(things: Things): Screen[] {
  const { installationId, inquiryId, rolloutId, knownErrorId, organisationId, productId, version } = things
  return [
    { name: 'today', path: '/console' },
    { name: 'first-run', path: '/console/start' },
    { name: 'inbox', path: '/console/inbox' },
    { name: 'inquiry', path: `/console/inbox/open/${inquiryId}` },
    { name: 'timeline', path: '/console/timeline' },
    { name: 'releases', path: '/console/releases' },
    { name: 'new-release', path: '/console/releases/new' },
    { name: 'release', path: `/console/releases/${productId}/${version}` },
    { name: 'release-artifacts', path: `/console/releases/${productId}/${version}/artifacts` },
    { name: 'rollouts', path: '/console/rollouts' },
    { name: 'new-rollout', path: '/console/rollouts/new' },
    { name: 'rollout', path: `/console/rollouts/${rolloutId}` },
    { name: 'fleet', path: '/console/fleet' },
    { name: 'fleet-panel', path: `/console/fleet?open=${installationId}` },
    { name: 'connect', path: '/console/fleet/connect' },
    { name: 'installation', path: `/console/fleet/${installationId}` },
    { name: 'known-errors', path: '/console/known-errors' },
    { name: 'new-known-error', path: '/console/known-errors/new' },
    { name: 'known-error', path: `/console/known-errors/${knownErrorId}` },
    { name: 'customers', path: '/console/customers' },
    { name: 'customer', path: `/console/customers/${organisationId}` },
    ...['people', 'tokens', 'products', 'mail', 'events', 'vendor', 'backup', 'about', 'you'].map((section) => ({
      name: `settings-${section}`,
      path: `/console/settings/${section}`,
    })),
    { name: 'not-found', path: '/console/nowhere' },
  ]
}
