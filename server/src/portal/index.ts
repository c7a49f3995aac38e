// The public face of portal; nothing else in this folder may be imported from outside it.
export { createPortal, type Portal } from './portal.ts'
export { portalEvents } from './events.ts'
export { mayHandle, mayTakePart } from './inquiries/inquiry-policy.ts'
export { mayWriteKnownErrors } from './known-errors/known-error-policy.ts'
export { portalWords } from './words.ts'
