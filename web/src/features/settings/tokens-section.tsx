// One's API tokens in the console.
import { useTranslation } from '#words'
import { Section } from './section.tsx'
import { TokensCard } from './tokens-card.tsx'

export function TokensSection() {
  const { t } = useTranslation()
  return (
    <Section heading={t('settings.tokens')} lead={t('settings.token.lead')}>
      <TokensCard isMain />
    </Section>
  )
}
