// The icon and tone of each kind of event: the longest beginning of its name that stands here.
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconBug,
  IconBuilding,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconCopy,
  IconHandStop,
  IconKey,
  IconMessageCircle,
  IconPencil,
  IconPlayerPause,
  IconPlugConnected,
  IconPlugOff,
  IconRefresh,
  IconRoute,
  IconTag,
  IconUser,
} from '@tabler/icons-react'
import type { TimelineEvent } from './timeline-queries.ts'

export type Look = readonly ['ok' | 'warn' | 'bad' | 'info' | 'mute', typeof IconTag]

const LOOKS: Record<string, Look> = {
  'delivery.': ['mute', IconTag],
  'delivery.release_drafted': ['mute', IconPencil],
  'delivery.release_published': ['info', IconTag],
  'delivery.release_withdrawn': ['bad', IconBan],
  'delivery.rollout_': ['info', IconRoute],
  'delivery.rollout_paused': ['mute', IconPlayerPause],
  'delivery.rollout_halted': ['bad', IconHandStop],
  'delivery.rollout_completed': ['ok', IconCircleCheck],
  'delivery.rollback_ordered': ['warn', IconArrowBackUp],
  'delivery.repository_signed': ['mute', IconKey],
  'fleet.': ['mute', IconPencil],
  'fleet.installation_enrolled': ['info', IconPlugConnected],
  'fleet.enrolment_created': ['mute', IconKey],
  'fleet.installation_reported': ['ok', IconCircleCheck],
  'fleet.installation_copied': ['warn', IconCopy],
  'fleet.installation_retired': ['mute', IconPlugOff],
  'fleet.installation_revoked': ['mute', IconBan],
  'fleet.outcome_changed': ['ok', IconCircleCheck],
  'portal.': ['mute', IconMessageCircle],
  'portal.inquiry_closed': ['ok', IconCircleCheck],
  'portal.inquiry_reopened': ['warn', IconAlertTriangle],
  'portal.fix_on_its_way': ['info', IconRoute],
  'portal.known_error': ['mute', IconBug],
  'identity.': ['mute', IconUser],
  'identity.organisation_': ['mute', IconBuilding],
  'identity.token_': ['mute', IconKey],
}
const BEGINNINGS = Object.keys(LOOKS).toSorted((a, b) => b.length - a.length)

export function lookOf({ name, body, isFailure }: TimelineEvent): Look {
  const { health, kind } = body as Record<string, unknown>
  if (name === 'fleet.outcome_changed' && kind === 'rolled_back') return ['warn', IconArrowBackUp]
  if (name === 'fleet.installation_reported' && health === 'unknown') return ['mute', IconCircleDashed]
  const beginning = BEGINNINGS.find((one) => name.startsWith(one))
  const look = beginning === undefined ? undefined : LOOKS[beginning]
  // What says itself that it failed is never green.
  if (isFailure && (look === undefined || look[0] === 'ok')) return ['bad', IconCircleX]
  return look ?? ['mute', IconRefresh]
}
