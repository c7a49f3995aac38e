// Which answers an event makes old: one table, by the beginning of its name.
const AFFECTED: Record<string, string[]> = {
  'delivery.rollout': ['/api/v1/rollouts', '/api/v1/outlooks', '/api/v1/releases', '/api/v1/inquiries', '/api/v1/installations'],
  'delivery.release': ['/api/v1/releases', '/api/v1/rollouts', '/api/v1/outlooks', '/api/v1/known-errors', '/api/v1/inquiries'],
  'delivery.': ['/api/v1/products', '/api/v1/releases', '/api/v1/organisations', '/api/v1/outlooks'],
  'fleet.': ['/api/v1/installation', '/api/v1/rollouts', '/api/v1/outlooks', '/api/v1/inquiries', '/api/v1/known-errors'],
  'portal.inquiry': ['/api/v1/inquir', '/api/v1/known-errors'],
  'portal.': ['/api/v1/known-errors', '/api/v1/inquir'],
  'identity.': [
    '/api/v1/me',
    '/api/v1/staff',
    '/api/v1/organisations',
    '/api/v1/tokens',
    '/api/v1/invitations',
    '/api/v1/vendor',
  ],
}
/** Grow with every event; they show what is new when the reader asks for it. */
const LOGS = ['/api/v1/timeline']

/** Beginnings of paths whose answers may be old now; an event that we do not know makes everything old. */
export function affectedBy(eventName: string) {
  const known = Object.keys(AFFECTED).find((beginning) => eventName.startsWith(beginning))
  return known === undefined ? ['/api/v1/'] : (AFFECTED[known] ?? [])
}

export function isLog(path: string) {
  return LOGS.some((log) => path.startsWith(log))
}
