// The rule of staff: there is always an administrator.
import type { Staff, StaffRole } from '../actor.ts'

/** What stands against giving this person these roles (none: removing them), or undefined. */
export function whyNotChange(staff: Staff[], personId: string, roles: StaffRole[]) {
  if (roles.includes('administrator')) return undefined
  const othersAdminister = staff.some((one) => one.id !== personId && one.roles.includes('administrator'))
  return othersAdminister ? undefined : 'staff.last_administrator'
}
