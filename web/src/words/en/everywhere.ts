// The English words that come with the app itself: what every screen says, and the few of the console's frame.
import { common } from './common.ts'
import { console } from './console.ts'
import { status } from './status.ts'

export const everywhere = { common, status, console } as const
