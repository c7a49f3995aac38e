// Sets up better-auth: people, passwords, mailed links, passkeys and TOTP, in our schema and by our rules.
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { magicLink } from 'better-auth/plugins/magic-link'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Db } from '#platform/db'
import { newId } from '#platform/ids'
import type { IdentityDeps } from '../deps.ts'
import { PASSWORD } from '../people/password.ts'
import { findActor } from '../people/person-store.ts'
import { refuseUnverifiedPasskey } from './passkey-rule.ts'
import { LINK_MINUTES, mailPasswordChanged, mailSignInLink } from './sign-in-mails.ts'

export type Auth = ReturnType<typeof createAuth>

/** Set by us from the connection; what comes with it from outside is dropped (auth-request.ts). */
export const IP_HEADER = 'x-fairway-ip'

const DAY_S = 86_400
const ID_PREFIXES: Record<string, string> = {
  user: 'pe',
  session: 'se',
  account: 'ac',
  verification: 've',
  passkey: 'pk',
  twoFactor: 'tf',
}

export function createAuth(deps: IdentityDeps) {
  return betterAuth(authOptions(deps, { db: deps.db.withSchema('identity'), type: 'postgres' }))
}

/** @param database apart, because a test compares these options with the migrations through a pool of its own. */
export function authOptions<Database>(deps: IdentityDeps, database: Database) {
  const { db, secrets, log, publicUrl } = deps
  return {
    appName: 'Fairway',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: secrets.mac('better-auth', 'v1'),
    trustedOrigins: [publicUrl],
    database,
    telemetry: { enabled: false },
    // Messages of its own may name people; what happened is enough.
    logger: {
      log: (level: string, message: string) =>
        void (level === 'error' && log.warn({ reason: message.slice(0, 200) }, 'better-auth had a problem')),
    },
    // What it refuses is an answer, not a problem; without this it would write each refusal to the console.
    onAPIError: {
      onError: (error: unknown) => void (error instanceof APIError || log.error({ err: error }, 'better-auth failed')),
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD.min, maxPasswordLength: PASSWORD.max },
    // No cookie cache: a session that is revoked ends with the next request.
    session: { expiresIn: 7 * DAY_S, updateAge: DAY_S, freshAge: DAY_S, cookieCache: { enabled: false } },
    // Tighter for guessing, wider for a company behind one address.
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { '/sign-in/email': { window: 60, max: 10 }, '/change-password': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'fairway',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      database: { generateId: ({ model }: { model: string }) => newId(ID_PREFIXES[model] ?? 'id') },
    },
    databaseHooks: { session: { create: { before: (session: { userId: string }) => refuseWhoWasRemoved(db, session.userId) } } },
    hooks: { before: refuseUnverifiedPasskey, after: afterwards(deps) },
    plugins: [
      magicLink({
        expiresIn: LINK_MINUTES * 60,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token }) => mailSignInLink(deps, email, token),
      }),
      passkey({
        rpName: 'Fairway',
        rpID: new URL(publicUrl).hostname,
        origin: publicUrl,
        authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      }),
      secondFactor(),
    ],
  }
}

/** TOTP and backup codes, asked after a mailed link as well: the plugin itself asks after passwords only (research: T6.2). */
function secondFactor() {
  // No device is trusted to skip it: the time is nought.
  const plugin = twoFactor({ issuer: 'Fairway', allowPasswordless: true, trustDeviceMaxAge: 0 })
  const after = plugin.hooks.after.map((hook) => ({
    ...hook,
    matcher: (context: Parameters<typeof hook.matcher>[0]) => hook.matcher(context) || context.path === '/magic-link/verify',
  }))
  return { ...plugin, hooks: { ...plugin.hooks, after } }
}

/** The answer is that of a wrong password, so that nobody learns who was here. */
async function refuseWhoWasRemoved(db: Db, personId: string) {
  if (await findActor(db, personId)) return
  throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' })
}

function afterwards(deps: IdentityDeps) {
  return createAuthMiddleware(async (context) => {
    const { returned, session } = context.context
    if (returned instanceof APIError) return
    if (context.path === '/change-password' && session) await mailPasswordChanged(deps, session.user)
    // The plugin only asks for it politely (`preferred`).
    if (context.path === '/passkey/generate-authenticate-options')
      return context.json({ ...(returned as object), userVerification: 'required' })
  })
}
