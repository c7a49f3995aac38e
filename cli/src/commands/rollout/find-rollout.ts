// Finds rollouts by what people call them: `till/stable` is the latest one on that channel; or an id.
import type { Client } from '@fairway/client'
import { notFound, wrongUsage } from '../../failure.ts'
import type { Rollout } from '../../publish/start-rollout.ts'
import { ask } from '../../reach/ask.ts'

const PLACE = /^(?<productId>[a-z0-9-]{1,40})\/(?<channel>[a-z0-9-]{1,40})$/

export async function getRollout(client: Client, text: string): Promise<Rollout> {
  if (/^ro_[a-z0-9]+$/i.test(text))
    return ask(client.GET('/api/v1/rollouts/{rolloutId}', { params: { path: { rolloutId: text } } }))
  const { productId, channel } = PLACE.exec(text)?.groups ?? {}
  if (!productId || !channel)
    throw wrongUsage(`${JSON.stringify(text)} is no rollout.`, 'Write the product and channel, like till/stable, or give its id.')
  const { items } = await ask(client.GET('/api/v1/rollouts', { params: { query: { productId, channel, limit: 1 } } }))
  const [latest] = items
  if (!latest)
    throw notFound(
      'rollout.unknown',
      `There was no rollout to ${text} yet.`,
      `See what there is: fairway rollout list --product ${productId}.`,
    )
  return latest
}
