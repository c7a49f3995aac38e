// The public face of fleet; nothing else in this folder may be imported from outside it.
export { createFleet, type Fleet } from './fleet.ts'
export { fleetEvents } from './events.ts'
export type {
  CheckIn,
  Health,
  Installation,
  InstallationState,
  Outcome,
  OutcomeKind,
  Report,
  ReportKind,
} from './installation.ts'
