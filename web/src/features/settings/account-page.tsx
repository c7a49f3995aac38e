// One's own account in the portal.
import { ensure, useMe } from '#api'
import { PortalPage } from '#ui'
import { useTranslation } from '#words'
import { AccountCards, accountQueries } from './account-cards.tsx'
import { AppearanceCard } from './appearance-card.tsx'
import { TokensCard, tokensQuery } from './tokens-card.tsx'
import { WhoCard } from './who-card.tsx'
import './settings.css'

export const loader = () => ensure(...accountQueries, tokensQuery)

export function Component() {
  const { t } = useTranslation()
  const { name, email } = useMe()
  return (
    <PortalPage title={t('settings.account.title')} heading={name} lead={t('settings.account.lead', { email })}>
      <div className="p2col section">
        <div className="stack cards">
          <AccountCards />
          <TokensCard />
        </div>
        <aside className="stack cards">
          <WhoCard />
          <AppearanceCard />
        </aside>
      </div>
    </PortalPage>
  )
}
