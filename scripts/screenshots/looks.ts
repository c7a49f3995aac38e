// In which looks and states each screen is pictured.
export interface Look {
  name: string
  width: number
  scheme: 'light' | 'dark'
  /** A world of the mock; without one the full one. */
  scenario?: 'empty' | 'failing'
  isOffline?: boolean
  /** Of the console alone; otherwise an administrator, and a manager of a customer. */
  role?: string
  hasLongWords?: boolean
}

const light = (name: string, rest: Partial<Look> = {}): Look => ({ name: `light-${name}`, width: 1440, scheme: 'light', ...rest })

export const LOOKS: Look[] = [
  light('1440'),
  { name: 'dark-1440', width: 1440, scheme: 'dark' },
  light('390', { width: 390 }),
  light('360', { width: 360 }),
  { name: 'dark-360', width: 360, scheme: 'dark' },
  // One look is enough to judge the words of a state.
  light('1440-empty', { scenario: 'empty' }),
  light('1440-failing', { scenario: 'failing' }),
  light('1440-offline', { isOffline: true }),
  ...['developer', 'operator', 'support', 'viewer'].map((role) => light(`1440-${role}`, { role })),
  // As long as German: nothing may break.
  light('1440-long', { hasLongWords: true }),
  light('360-long', { width: 360, hasLongWords: true }),
]
