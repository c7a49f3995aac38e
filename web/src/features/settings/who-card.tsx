// Who one is: what stands fast since one joined.
import { useMe } from '#api'
import { Address, Card, KeyValues } from '#ui'
import { useTranslation } from '#words'
import { useRoleWords } from './roles.ts'

export function WhoCard() {
  const { t } = useTranslation()
  const { name, email, organisation, roles } = useMe()
  const roleWords = useRoleWords()
  return (
    <Card title={t('settings.account.who')}>
      <div className="stack">
        <KeyValues
          of={[
            [t('settings.account.name'), name],
            [t('settings.account.email'), <Address key="email">{email}</Address>],
            [t('settings.account.organisation'), organisation?.name],
            [t('settings.account.role'), organisation && t(`organisation.${organisation.role}`)],
            [t('settings.account.roles'), roles.map(roleWords).join(', ')],
          ]}
        />
        <p className="t3 s13">{t('settings.account.fixed')}</p>
      </div>
    </Card>
  )
}
