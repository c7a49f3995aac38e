// The public face of fleet; nothing else in this folder may be imported from outside it.
export { createFleet, type Fleet } from './fleet.ts'
export { mayEnrol } from './enrolments/enrolment-policy.ts'
export { mayRename, mayRevoke } from './installations/installation-policy.ts'
export { fleetEvents } from './events.ts'
export { SILENT_AFTER_MS } from './installations/condition.ts'
export type {
  CheckIn,
  FetchedCount,
  Health,
  Installation,
  InstallationState,
  Outcome,
  OutcomeKind,
  Report,
  ReportKind,
} from './installation.ts'
