// How one signs in and where one is signed in; the same in both faces.
import { passkeysQuery } from './auth.ts'
import { PasskeysCard } from './passkeys-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { SecondStepCard } from './second-step-card.tsx'
import { SessionsCard, sessionsQuery } from './sessions-card.tsx'

export const accountQueries = [passkeysQuery, sessionsQuery]

export function AccountCards() {
  return (
    <>
      <PasskeysCard />
      <PasswordCard />
      <SecondStepCard />
      <SessionsCard />
    </>
  )
}
