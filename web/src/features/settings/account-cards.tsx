// Everything about one's own account: who, how one signs in, where one is signed in, how it looks.
import { AppearanceCard } from './appearance-card.tsx'
import { passkeysQuery } from './auth.ts'
import { PasskeysCard } from './passkeys-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { SecondStepCard } from './second-step-card.tsx'
import { SessionsCard, sessionsQuery } from './sessions-card.tsx'
import { WhoCard } from './who-card.tsx'

export const accountQueries = [passkeysQuery, sessionsQuery]

export function AccountCards() {
  return (
    <>
      <PasskeysCard />
      <PasswordCard />
      <SecondStepCard />
      <SessionsCard />
      <AppearanceCard />
      <WhoCard />
    </>
  )
}
