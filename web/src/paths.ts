// Every address of the app; links come from here only.
const q = (values: Record<string, string | undefined>) => {
  const query = new URLSearchParams(Object.entries(values).filter((one): one is [string, string] => Boolean(one[1])))
  return query.size > 0 ? `?${query}` : ''
}
const e = encodeURIComponent

export const paths = {
  // Portal: customers.
  home: () => '/',
  news: (productId?: string, version?: string) =>
    `/releases${productId ? `/${e(productId)}${version ? `/${e(version)}` : ''}` : ''}`,
  inquiries: () => '/inquiries',
  newInquiry: (from: { installation?: string; q?: string } = {}) => `/inquiries/new${q(from)}`,
  inquiry: (id: string) => `/inquiries/${e(id)}`,
  installation: (id: string) => `/installations/${e(id)}`,
  organisation: () => '/organisation',
  account: () => '/account',

  // Console: staff.
  today: () => '/console',
  inbox: (view = 'open', id?: string) => `/console/inbox/${e(view)}${id ? `/${e(id)}` : ''}`,
  timeline: (filter: { subject?: string; organisation?: string; name?: string; event?: string } = {}) =>
    `/console/timeline${q(filter)}`,
  releases: (filter: { product?: string } = {}) => `/console/releases${q(filter)}`,
  newRelease: (filter: { product?: string } = {}) => `/console/releases/new${q(filter)}`,
  release: (productId: string, version: string, tab?: string) =>
    `/console/releases/${e(productId)}/${e(version)}${tab ? `/${e(tab)}` : ''}`,
  rollouts: () => '/console/rollouts',
  newRollout: (from: { release?: string; channel?: string } = {}) => `/console/rollouts/new${q(from)}`,
  rollout: (id: string) => `/console/rollouts/${e(id)}`,
  fleet: (
    filter: {
      q?: string
      product?: string
      channel?: string
      organisation?: string
      condition?: string
      version?: string
      open?: string
    } = {},
  ) => `/console/fleet${q(filter)}`,
  connect: (from: { organisation?: string; product?: string } = {}) => `/console/fleet/connect${q(from)}`,
  fleetInstallation: (id: string) => `/console/fleet/${e(id)}`,
  knownErrors: () => '/console/known-errors',
  newKnownError: (from: { product?: string; inquiry?: string } = {}) => `/console/known-errors/new${q(from)}`,
  knownError: (id: string) => `/console/known-errors/${e(id)}`,
  customers: () => '/console/customers',
  customer: (id: string) => `/console/customers/${e(id)}`,
  settings: (section = 'people') => `/console/settings/${e(section)}`,
  firstRun: () => '/console/start',
}
