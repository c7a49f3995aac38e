// One's own account in the console: the same cards as in the portal.
import { useMe } from '#api'
import { useTranslation } from '#words'
import { AccountCards } from './account-cards.tsx'
import { AppearanceCard } from './appearance-card.tsx'
import { Section } from './section.tsx'
import { WhoCard } from './who-card.tsx'

export function YouSection() {
  const { t } = useTranslation()
  const { name, email } = useMe()
  return (
    <Section heading={name} lead={t('settings.account.lead', { email })}>
      <AccountCards />
      <AppearanceCard />
      <WhoCard />
    </Section>
  )
}
