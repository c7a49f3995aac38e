// What better-auth answers below /api/auth: passkeys, password, second step. Refusals come as the same problem documents.
import { queryOptions } from '@tanstack/react-query'
import { problemOf } from '#api'

export interface Passkey {
  id: string
  name: string | null
  createdAt: string
  backedUp: boolean
}

export const passkeysQuery = queryOptions({
  queryKey: ['get', '/api/auth/passkey/list-user-passkeys'],
  queryFn: () => ask<Passkey[]>('GET', '/passkey/list-user-passkeys'),
})

export function deletePasskey(id: string) {
  return ask('POST', '/passkey/delete-passkey', { id })
}

export function canMakePasskeys() {
  return typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential
}

/** @param words said where the device, or the age of the session, stands against it. */
export async function addPasskey(name: string, words: { notMade: string; notFresh: string }) {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>('GET', '/passkey/generate-register-options').catch(
    (error) => {
      throw problemOf(error).code.endsWith('not_fresh') ? { ...problemOf(error), detail: words.notFresh } : error
    },
  )
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey }).catch(() => null)
  if (!(credential instanceof PublicKeyCredential)) throw { status: 400, code: 'passkey.not_made', detail: words.notMade }
  await ask('POST', '/passkey/verify-registration', { response: credential.toJSON(), name })
}

export function changePassword(wish: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) {
  return ask('POST', '/change-password', wish)
}

export interface SecondStep {
  totpURI: string
  backupCodes: string[]
}

/** Not on yet: that is `confirmSecondStep`, with a code of the app. */
export function beginSecondStep(password: string | undefined) {
  return ask<SecondStep>('POST', '/two-factor/enable', password ? { password } : {})
}

export function confirmSecondStep(code: string) {
  return ask('POST', '/two-factor/verify-totp', { code })
}

export function endSecondStep(password: string | undefined) {
  return ask('POST', '/two-factor/disable', password ? { password } : {})
}

export function makeBackupCodes(password: string | undefined) {
  return ask<{ backupCodes: string[] }>('POST', '/two-factor/generate-backup-codes', password ? { password } : {})
}

export function endOtherSessions() {
  return ask('POST', '/revoke-other-sessions', {})
}

async function ask<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`/api/auth${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const read: unknown = await answer.json()
  if (!answer.ok) throw read
  // Its answers are not in the OpenAPI document; what is read of them is asked for by sign-in's stories.
  return read as Answer
}
