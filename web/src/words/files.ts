// The words of single screens: each file is loaded with the first screen that says something of it (screens.ts).
import type { en } from './en/index.ts'
import type { everywhere } from './en/everywhere.ts'

export const wordFiles = {
  portal: () => import('./en/portal.ts'),
  releases: () => import('./en/releases.ts'),
  rollouts: () => import('./en/rollouts.ts'),
  fleet: () => import('./en/fleet.ts'),
  inquiries: () => import('./en/inquiries.ts'),
  knownErrors: () => import('./en/known-errors.ts'),
  customers: () => import('./en/customers.ts'),
  timeline: () => import('./en/timeline.ts'),
  today: () => import('./en/today.ts'),
  settings: () => import('./en/settings.ts'),
  organisation: () => import('./en/organisation.ts'),
  palette: () => import('./en/palette.ts'),
} satisfies { [Name in Exclude<keyof typeof en, keyof typeof everywhere>]: () => Promise<Pick<typeof en, Name>> }

export type WordFile = keyof typeof wordFiles
