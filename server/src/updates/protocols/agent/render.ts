// Turns the answer into the words of the agent protocol, as the very text that goes out; pure. What many are told is written once.
import type { PublishedArtifact } from '#delivery'
import type { Resolution } from '../../resolve-update.ts'

/** The agent spreads this by chance; a minute is often enough to see a fix arrive and rare enough for a fleet. */
export const POLL_SECONDS = 60

const CURRENT = JSON.stringify({ decision: 'current', pollSeconds: POLL_SECONDS })
/** By what was written: it lives as long as the snapshot that holds it. */
const texts = new WeakMap<object, string>()

/** @param direction as text, where we hold a key of the product's director. */
export function renderCheckIn(resolution: Resolution, direction?: string) {
  if (resolution.kind === 'current') return CURRENT
  if (resolution.kind === 'held')
    return JSON.stringify({ decision: 'held', because: resolution.because, pollSeconds: POLL_SECONDS })
  const { release, artifact } = resolution
  const manifest = textOf(release.manifest, (one) => one)
  const signed = direction === undefined ? '' : `,"direction":${direction}`
  return `{"decision":"update","manifest":${manifest}${signed},"artifact":${textOf(artifact, whereToFetch)},"pollSeconds":${POLL_SECONDS}}`
}

function whereToFetch({ id, name, sha256, size }: PublishedArtifact) {
  return { name, sha256, size, url: `/updates/v1/artifacts/${id}` }
}

function textOf<Thing extends object>(thing: Thing, shown: (thing: Thing) => object) {
  const text = texts.get(thing) ?? JSON.stringify(shown(thing))
  texts.set(thing, text)
  return text
}
