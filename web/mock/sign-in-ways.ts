// What the account page asks below /api/auth: passkeys, password, second step. Nothing of it is in the OpenAPI document.
import type { Me } from './contract.ts'
import { digestOf } from './dice.ts'
import { Problem } from './problem.ts'
import { ago } from './times.ts'
import type { World } from './world.ts'

export const AUTH_PATH = '/api/auth'

interface Asking {
  me: Me
  world: World
}

const codes = Array.from({ length: 10 }, (_, index) => digestOf(`code ${index}`).slice(0, 10))
const DONE = { status: true }

/** As `features/settings/auth.ts` asks it. */
const ANSWERS: Record<string, (asking: Asking) => unknown> = {
  'GET /passkey/list-user-passkeys': ({ me }) =>
    Array.from({ length: me.twoFactor.passkeys }, () => ({
      id: 'pk_laptop',
      name: 'Laptop',
      createdAt: ago('60d'),
      backedUp: true,
    })),
  'POST /passkey/delete-passkey': ({ me }) => set(me, { passkeys: 0 }),
  'POST /change-password': () => DONE,
  'POST /two-factor/enable': () => ({
    totpURI: 'otpauth://totp/Varnhold?secret=ORUGS4ZANFZSA3TP&issuer=Varnhold',
    backupCodes: codes,
  }),
  'POST /two-factor/verify-totp': ({ me }) => set(me, { totp: true }),
  'POST /two-factor/disable': ({ me }) => set(me, { totp: false }),
  'POST /two-factor/generate-backup-codes': () => ({ backupCodes: codes }),
  'POST /revoke-other-sessions': ({ world }) => {
    world.sessions = world.sessions.filter(({ isCurrent }) => isCurrent)
    return DONE
  },
}

export function answerAuth(asking: Asking, method: string, path: string) {
  const answer = ANSWERS[`${method} ${path.slice(AUTH_PATH.length)}`]
  if (!answer) throw new Problem(501, 'request.not_mocked', { detail: `The mock has no answer to ${method} ${path}.` })
  return answer(asking)
}

function set(me: Me, change: Partial<Me['twoFactor']>) {
  me.twoFactor = { ...me.twoFactor, ...change }
  return DONE
}
