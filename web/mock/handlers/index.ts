// Every operation and what answers it; the type check finds what is missing.
import type { AllHandlers } from '../contract.ts'
import { enrolmentHandlers } from './enrolments.ts'
import { inquiryCountHandlers } from './inquiry-counts.ts'
import { inquiryHandlers } from './inquiries.ts'
import { installationHandlers } from './installations.ts'
import { keyHandlers } from './keys.ts'
import { knownErrorHandlers } from './known-errors.ts'
import { logHandlers } from './log.ts'
import { organisationHandlers } from './organisations.ts'
import { peopleHandlers } from './people.ts'
import { productHandlers } from './products.ts'
import { releaseHandlers } from './releases.ts'
import { rolloutHandlers } from './rollouts.ts'

export const handlers: AllHandlers = {
  ...enrolmentHandlers,
  ...inquiryCountHandlers,
  ...inquiryHandlers,
  ...installationHandlers,
  ...keyHandlers,
  ...knownErrorHandlers,
  ...logHandlers,
  ...organisationHandlers,
  ...peopleHandlers,
  ...productHandlers,
  ...releaseHandlers,
  ...rolloutHandlers,
}
