// A passkey counts as two factors, since the device asks for a finger, a face or a PIN; without that it opens nothing.
import { APIError, createAuthMiddleware } from 'better-auth/api'

/** Authenticator data (WebAuthn level 3, §6.1): 32 bytes of digest, then flags, of which bit 2 says that the user was verified. */
const FLAGS_AT = 32
const USER_VERIFIED = 0b100

/** The flags are signed by the passkey; better-auth checks that signature afterwards. */
export function isUserVerified(authenticatorData: unknown) {
  if (typeof authenticatorData !== 'string') return false
  const flags = Buffer.from(authenticatorData, 'base64url')[FLAGS_AT] ?? 0
  return (flags & USER_VERIFIED) !== 0
}

export const refuseUnverifiedPasskey = createAuthMiddleware(async ({ path, body }) => {
  if (path !== '/passkey/verify-authentication') return
  const { response } = (body ?? {}) as { response?: { response?: { authenticatorData?: unknown } } }
  if (!isUserVerified(response?.response?.authenticatorData))
    throw new APIError('UNAUTHORIZED', {
      code: 'PASSKEY_NOT_VERIFIED',
      message: 'The passkey did not check that it was you. Use its PIN, your finger or your face.',
    })
})
