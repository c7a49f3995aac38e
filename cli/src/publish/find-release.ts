// Finds releases by what people call them: `till@1.4.2`, or an id.
import type { Client, Schemas } from '@fairway/client'
import { notFound, wrongUsage } from '../failure.ts'
import { ask } from '../reach/ask.ts'

export type Release = Schemas['Release']

const NAME = /^(?<productId>[a-z0-9-]{1,40})@(?<version>.+)$/

export async function findRelease(
  client: Client,
  { productId, version }: { productId: string; version: string },
): Promise<Release | undefined> {
  const { items } = await ask(client.GET('/api/v1/releases', { params: { query: { productId, version } } }))
  return items[0]
}

export async function getRelease(client: Client, text: string): Promise<Release> {
  if (/^re_[a-z0-9]+$/i.test(text))
    return ask(client.GET('/api/v1/releases/{releaseId}', { params: { path: { releaseId: text } } }))
  const { productId, version } = NAME.exec(text)?.groups ?? {}
  if (!productId || !version)
    throw wrongUsage(`${JSON.stringify(text)} is no release.`, 'Write it like till@1.4.2, or give its id.')
  const release = await findRelease(client, { productId, version })
  if (!release)
    throw notFound(
      'release.unknown',
      `There is no release ${text}.`,
      `See what there is: fairway release list --product ${productId}.`,
    )
  return release
}
