// Everything that decides an update, indexed for questions that must not wait for a database.
import type { ChannelState, DeliverySnapshot, Product, PublishedRelease } from '#delivery'

export interface Snapshot {
  product(id: string): Product | undefined
  channel(productId: string, name: string): ChannelState | undefined
  release(id: string): PublishedRelease | undefined
  isEntitled(organisationId: string, productId: string, channel: string): boolean
  /** Whether this artifact belongs to a release that is published and was taken to this channel. */
  mayBeFetched(artifactId: string, productId: string, channel: string): boolean
}

export function createSnapshot(facts: DeliverySnapshot): Snapshot {
  const products = new Map(facts.products.map((product) => [product.id, product]))
  const channels = new Map(facts.channels.map((channel) => [keyOf(channel.productId, channel.name), channel]))
  const releases = new Map(facts.releases.map((release) => [release.id, release]))
  const entitled = new Set(facts.entitlements.map((one) => `${one.organisationId} ${keyOf(one.productId, one.channel)}`))
  const byArtifact = new Map(
    facts.releases
      .filter((release) => release.state === 'published')
      .flatMap((release) => release.artifacts.map(({ id }) => [id, release] as const)),
  )
  return {
    product: (id) => products.get(id),
    channel: (productId, name) => channels.get(keyOf(productId, name)),
    release: (id) => releases.get(id),
    isEntitled: (organisationId, productId, channel) => entitled.has(`${organisationId} ${keyOf(productId, channel)}`),
    mayBeFetched(artifactId, productId, channel) {
      const release = byArtifact.get(artifactId)
      return release !== undefined && (channels.get(keyOf(productId, channel))?.releaseIds.includes(release.id) ?? false)
    },
  }
}

/** Of a channel. No id holds a blank. */
function keyOf(productId: string, channel: string) {
  return `${productId} ${channel}`
}
