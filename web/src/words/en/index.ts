// The English words, by screen.
import { common } from './common.ts'
import { status } from './status.ts'
import { console } from './console.ts'
import { portal } from './portal.ts'
import { releases } from './releases.ts'
import { rollouts } from './rollouts.ts'
import { fleet } from './fleet.ts'
import { inquiries } from './inquiries.ts'
import { knownErrors } from './known-errors.ts'
import { customers } from './customers.ts'
import { timeline } from './timeline.ts'
import { today } from './today.ts'
import { settings } from './settings.ts'
import { organisation } from './organisation.ts'
import { palette } from './palette.ts'

export const en = {
  common,
  status,
  console,
  portal,
  releases,
  rollouts,
  fleet,
  inquiries,
  knownErrors,
  customers,
  timeline,
  today,
  settings,
  organisation,
  palette,
} as const
