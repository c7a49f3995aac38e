// The roles of staff, most powerful first, and what they are called.
import { useTranslation } from '#words'

export const ROLES = ['administrator', 'developer', 'operator', 'support', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export function isRole(role: string): role is Role {
  return ROLES.some((one) => one === role)
}

/** One that we do not know is shown as it is called. */
export function useRoleWords() {
  const { t } = useTranslation()
  return (role: string) => (isRole(role) ? t(`settings.role.${role}`) : role)
}
