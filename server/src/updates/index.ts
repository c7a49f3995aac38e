// The public face of updates; nothing else in this folder may be imported from outside it.
export { createUpdates, type Updates } from './updates.ts'
