// The choice of roles, each with what it may.
import { useTranslation } from '#words'
import { Checks } from './checks.tsx'
import { type Role, ROLES } from './roles.ts'

export function RoleChecks({ roles, onChange }: { roles: Role[]; onChange: (roles: Role[]) => void }) {
  const { t } = useTranslation()
  return (
    <Checks
      legend={t('settings.staff.roles')}
      chosen={roles}
      onChange={onChange}
      error={roles.length === 0 ? t('settings.staff.roles_missing') : undefined}
      choices={ROLES.map((role) => ({
        value: role,
        label: t(`settings.role.${role}`),
        detail: t(`settings.role.${role}_detail`),
      }))}
    />
  )
}
