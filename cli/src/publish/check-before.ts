// Finds out before the first byte travels what would be refused after the last one.
import type { Schemas } from '@fairway/client'
import { EXIT } from '../exit-codes.ts'
import { Failure, notFound, refused } from '../failure.ts'
import { ask, askIfThere } from '../reach/ask.ts'
import type { Session } from '../run.ts'
import type { DraftWish, RolloutWish } from './publish-wish.ts'

type Scope = Schemas['Me']['scopes'][number]

export async function checkBefore(session: Session, wish: DraftWish, rollout: RolloutWish | undefined) {
  await checkScopes(session, rollout ? ['releases:write', 'rollouts:write'] : ['releases:write'])
  await checkProduct(session, wish.productId, rollout?.channel)
  for (const id of wish.fixes ?? []) await checkKnownError(session, id, wish.productId)
}

async function checkScopes({ client }: Session, needed: Scope[]) {
  const { scopes, email } = await ask(client.GET('/api/v1/me'))
  const missing = needed.filter((scope) => !scopes.includes(scope))
  if (missing.length === 0) return
  throw new Failure({
    exitCode: EXIT.denied,
    code: 'token.scope_missing',
    detail: `This token of ${email} lacks ${missing.join(' and ')}.`,
    advice: `Make one that may: fairway token create --name ci --scope read,${needed.join(',')}.`,
  })
}

async function checkProduct({ client }: Session, productId: string, channel: string | undefined) {
  const product = await ask(client.GET('/api/v1/products/{productId}', { params: { path: { productId } } }))
  const channels = product.channels.map(({ name }) => name)
  if (channel !== undefined && !channels.includes(channel))
    throw notFound(
      'channel.unknown',
      `${productId} has no channel ${channel}; it has ${channels.join(', ') || 'none yet'}.`,
      `Make it: fairway channel create ${productId} ${channel}.`,
    )
}

export async function checkKnownError({ client }: Session, knownErrorId: string, productId: string) {
  const found = await askIfThere(client.GET('/api/v1/known-errors/{knownErrorId}', { params: { path: { knownErrorId } } }))
  if (!found)
    throw notFound(
      'known_error.unknown',
      `There is no known error ${knownErrorId}. Nothing was changed.`,
      `Look for the right one: fairway known-error list --product ${productId}.`,
    )
  if (found.productId !== productId)
    throw refused(
      'known_error.other_product',
      `${knownErrorId} is a known error of ${found.productId}, not of ${productId}. Nothing was changed.`,
    )
}
