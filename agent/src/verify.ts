// Whether an offered release may be installed here: signed by the pinned key, of our product, not older than what ran unless the vendor signed that; pure.
import { findFitting, verifyManifest, type Manifest } from '@fairway/trust'
import type { Target } from './journal.ts'
import { folderOf } from './layout.ts'

export interface Offer {
  manifest: unknown
  url: string
}

export interface Pins {
  manifestKey: string
  product: string
  highestSequence: number
  /** What runs here now. */
  releaseId: string | null
  platform: string
  arch: string
}

export type OfferVerdict = { ok: true; target: Target } | { ok: false; code: string; reason: string }

/** Of the server's answer only the address is used; name, size and digests come from the signed manifest. */
export function verifyOffer({ manifest: signed, url }: Offer, pins: Pins): OfferVerdict {
  const verdict = verifyManifest(signed, pins.manifestKey)
  return verdict.ok ? verifyGenuine({ manifest: verdict.manifest, replaces: [], url }, pins) : verdict
}

export interface GenuineRelease {
  manifest: Manifest
  /** Newer releases over which this older one may be installed: the vendor signed that too. */
  replaces: string[]
  url: string
}

/** Whether a release that is surely the vendor's may be installed here. */
export function verifyGenuine({ manifest, replaces, url }: GenuineRelease, pins: Pins): OfferVerdict {
  const mistake = whyNotHere(manifest, replaces, pins)
  if (mistake) return { ok: false, ...mistake }
  const artifact = findFitting(manifest.artifacts, pins)
  if (!artifact)
    return { ok: false, code: 'offer.no_artifact', reason: `${manifest.version} has no file for ${pins.platform}/${pins.arch}.` }
  const { releaseId, version, sequence } = manifest
  const { name, kind, size, sha256, sha512, plain } = artifact
  return {
    ok: true,
    target: {
      releaseId,
      version,
      sequence,
      folder: folderOf(version, releaseId),
      artifact: { name, kind, size, sha256, sha512, ...(plain && { plain }), url },
    },
  }
}

function whyNotHere(manifest: Manifest, replaces: string[], pins: Pins) {
  if (manifest.product !== pins.product) {
    return {
      code: 'offer.product_wrong',
      reason: `The manifest is for the product ${manifest.product}, this is ${pins.product}.`,
    }
  }
  const isRollback = pins.releaseId !== null && replaces.includes(pins.releaseId)
  // An old, validly signed manifest would bring back what newer releases fixed.
  if (manifest.sequence < pins.highestSequence && !isRollback) {
    const reason = `The manifest of ${manifest.version} has sequence ${manifest.sequence}, but ${pins.highestSequence} ran here already.`
    return { code: 'offer.sequence_stale', reason }
  }
  return undefined
}
