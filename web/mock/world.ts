// What a mocked Fairway holds in memory; what its answers add (names, counts, tallies) is made when somebody asks.
import type { Schemas } from '@fairway/client'

export type Condition = NonNullable<Schemas['Installation']['condition']>
export type Installation = Omit<Schemas['StaffInstallationDetails'], 'organisation' | 'lastSeenAt'> & {
  /** When it was heard last; null: it is heard each minute. */
  silentSince: string | null
}

export type Standing = keyof NonNullable<Schemas['RolloutDetails']['steps'][number]['tally']> | 'to_come'
/** An installation in a rollout. */
export interface Witness {
  /** Index of the step that adds it. */
  step: number
  standing: Standing
  /** Since when. */
  at: string
  reason: string | null
}

type Step = Pick<Schemas['RolloutDetails']['steps'][number], 'percent' | 'bakeSeconds' | 'startedAt'>
type Said = 'id' | 'productId' | 'channel' | 'releaseId' | 'version' | 'state' | 'silentAfterSeconds' | 'startedAt' | 'endedAt'
export type Rollout = Pick<Schemas['RolloutDetails'], Said | 'startedBy' | 'endedBy'> & {
  /** Index of the step under way. */
  step: number
  steps: Step[]
  because: { code: Schemas['RolloutDetails']['verdict']['code']; text: string }
  /** When the step under way has proved itself; null while installations are still at it. */
  bakesUntil: string | null
  witnesses: Map<string, Witness>
  rollback?: { toVersion: string; orderedAt: string; orderedBy: { id: string; name: string } } | null
}

export type Release = Omit<Schemas['StaffReleaseDetails'], 'adoption' | 'bytes' | 'product'>

type Counted = 'affected' | 'fixedInstallations' | 'openInquiryCount' | 'openInquiries' | 'fixedIn'
export type KnownError = Omit<Schemas['KnownErrorDetailForStaff'], 'view' | Counted>

type Judged = 'organisation' | 'stations' | 'suggestions' | 'fix' | 'solvedIn' | 'knownError'
export type Inquiry = Omit<Schemas['InquiryForStaff'], 'view' | Judged> & {
  knownErrorId: string | null
  linkedAt: string | null
}

export interface Happening {
  /** Its place in the log, from 1. */
  place: number
  id: string
  name: string
  subject: string
  actor: string
  organisationId: string | null
  occurredAt: string
  body: Record<string, unknown>
}

/** `callsAt`: when the machine will call. */
export type Enrolment = Schemas['NewEnrolment'] & { callsAt: number }

export interface World {
  /** When it was made. */
  startedAt: string
  /** Nothing happens by itself: for pictures. */
  isStill: boolean
  /** Every answer but who one is fails. */
  isFailing: boolean
  vendor: Schemas['Vendor']
  organisations: Schemas['Organisation'][]
  staff: Schemas['Staff'][]
  members: Schemas['Member'][]
  invitations: Schemas['Invitation'][]
  /** By person. */
  tokens: Map<string, Schemas['Token'][]>
  sessions: Schemas['Session'][]
  mails: Schemas['Mail'][]
  parked: Schemas['ParkedEvent'][]
  products: Schemas['Product'][]
  entitlements: Schemas['Entitlement'][]
  releases: Release[]
  /** Newest first. */
  rollouts: Rollout[]
  installations: Map<string, Installation>
  inquiries: Inquiry[]
  knownErrors: KnownError[]
  enrolments: Enrolment[]
  /** Bytes that came, of bytes that were announced, by upload. */
  uploads: Map<string, { came: number; of: number }>
  /** Oldest first. */
  log: Happening[]
  listeners: Set<(happening: Happening) => void>
}
