// Who may hear of an event over live updates: each module lists its events with one of these rules.
import type { Event, EventName } from './events.ts'

/** As much of an actor as a rule needs. */
export interface Hearer {
  kind: string
  organisationId?: string
}

export type Audience = (hearer: Hearer, event: Event) => boolean

/** A module's events.ts ends with one of these; an event that is in no table is heard by nobody. */
export type Audiences = Partial<Record<EventName, Audience>>

export const staffOnly: Audience = (hearer) => hearer.kind === 'staff'

export const ownOrganisationToo: Audience = (hearer, event) =>
  hearer.kind === 'staff' ||
  (hearer.kind === 'member' && event.organisationId !== null && hearer.organisationId === event.organisationId)

/** What every customer may know: that something was published, never what it holds. */
export const everybodySignedIn: Audience = (hearer) => hearer.kind === 'staff' || hearer.kind === 'member'
