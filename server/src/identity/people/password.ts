// The rule of passwords: long, not odd; the upper bound is there because its hash costs time.
export const PASSWORD = { min: 12, max: 256 }

/** What is wrong with a new password, or undefined. */
export function whyNotPassword(password: string) {
  if (password.length < PASSWORD.min) return 'password.too_short'
  if (password.length > PASSWORD.max) return 'password.too_long'
  return undefined
}
