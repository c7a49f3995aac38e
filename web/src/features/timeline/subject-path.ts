// Where the thing of an event is shown; things without a screen of their own lead nowhere.
import { paths } from '#paths'
import type { TimelineEvent } from './timeline-queries.ts'

const SCREENS: Record<string, (id: string) => string> = {
  in_: paths.fleetInstallation,
  ro_: paths.rollout,
  org_: paths.customer,
  'INQ-': (id) => paths.inbox('open', id),
  'KE-': paths.knownError,
}

export function subjectPath({ name, subject, body }: TimelineEvent) {
  const prefix = Object.keys(SCREENS).find((one) => subject.startsWith(one))
  if (prefix !== undefined) return SCREENS[prefix]?.(subject)
  const { productId, version } = body as Record<string, unknown>
  if (typeof productId !== 'string') return undefined
  if (name.startsWith('delivery.') && typeof version === 'string') return paths.release(productId, version)
  return name.startsWith('delivery.') ? paths.releases({ product: productId }) : undefined
}
