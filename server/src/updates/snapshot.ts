// Everything that decides an update, indexed for questions that must not wait for a database.
import { type TufTarget, targetPath } from '@fairway/trust'
import type {
  ChannelState,
  DeliverySnapshot,
  Product,
  ProductRepository,
  PublishedArtifact,
  PublishedPatch,
  PublishedRelease,
} from '#delivery'

export interface SignedTarget {
  path: string
  target: TufTarget
}

export interface Snapshot {
  product(id: string): Product | undefined
  channel(productId: string, name: string): ChannelState | undefined
  release(id: string): PublishedRelease | undefined
  /** Undefined where the product has none yet. */
  repository(productId: string): ProductRepository | undefined
  /** What the keys of this channel have signed about a file; undefined where they have not. */
  signedTarget(wanted: { channel: string; release: PublishedRelease; artifact: PublishedArtifact }): SignedTarget | undefined
  /** The file of that name in the release of that version. */
  artifactOf(productId: string, wanted: { version: string; name: string }): PublishedArtifact | undefined
  isEntitled(organisationId: string, productId: string, channel: string): boolean
  /** Whether this artifact belongs to a release that is published and was taken to this channel. */
  mayBeFetched(artifactId: string, productId: string, channel: string): boolean
  /** From an old plain content (hex) to that of this artifact. */
  patch(artifactId: string, dictionarySha256: string): PublishedPatch | undefined
}

export function createSnapshot(facts: DeliverySnapshot): Snapshot {
  const products = new Map(facts.products.map((product) => [product.id, product]))
  const channels = new Map(facts.channels.map((channel) => [keyOf(channel.productId, channel.name), channel]))
  const releases = new Map(facts.releases.map((release) => [release.id, release]))
  const entitled = new Set(facts.entitlements.map((one) => `${one.organisationId} ${keyOf(one.productId, one.channel)}`))
  const byVersion = new Map(facts.releases.map((release) => [`${release.productId} ${release.version}`, release]))
  const byArtifact = new Map(
    facts.releases
      .filter((release) => release.state === 'published')
      .flatMap((release) => release.artifacts.map(({ id }) => [id, release] as const)),
  )
  const patches = new Map(facts.patches.map((patch) => [`${patch.artifactId} ${patch.dictionarySha256}`, patch]))
  const repositories = new Map(facts.repositories.map((repository) => [repository.productId, repository]))
  return {
    product: (id) => products.get(id),
    channel: (productId, name) => channels.get(keyOf(productId, name)),
    release: (id) => releases.get(id),
    repository: (productId) => repositories.get(productId),
    signedTarget({ channel, release: { productId, version }, artifact: { name, sha256 } }) {
      const path = targetPath({ channel, version, name })
      const target = repositories.get(productId)?.targets.get(path)
      return target?.hashes.sha256 === sha256 ? { path, target } : undefined
    },
    artifactOf: (productId, { version, name }) =>
      byVersion.get(`${productId} ${version}`)?.artifacts.find((one) => one.name === name),
    isEntitled: (organisationId, productId, channel) => entitled.has(`${organisationId} ${keyOf(productId, channel)}`),
    patch: (artifactId, dictionarySha256) => patches.get(`${artifactId} ${dictionarySha256}`),
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
