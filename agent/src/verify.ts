// Whether an offered release may be installed here: signed by the pinned key, of our product, not older than what ran; pure.
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
  platform: string
  arch: string
}

export type OfferVerdict = { ok: true; target: Target } | { ok: false; code: string; reason: string }

/** Of the server's answer only the address is used; name, size and digests come from the signed manifest. */
export function verifyOffer({ manifest: signed, url }: Offer, pins: Pins): OfferVerdict {
  const verdict = verifyManifest(signed, pins.manifestKey)
  if (!verdict.ok) return verdict
  const { manifest } = verdict
  const mistake = whyNotHere(manifest, pins)
  if (mistake) return { ok: false, ...mistake }
  const artifact = findFitting(manifest.artifacts, pins)
  if (!artifact)
    return { ok: false, code: 'offer.no_artifact', reason: `${manifest.version} has no file for ${pins.platform}/${pins.arch}.` }
  const { releaseId, version, sequence } = manifest
  const { name, kind, size, sha256, sha512 } = artifact
  return {
    ok: true,
    target: {
      releaseId,
      version,
      sequence,
      folder: folderOf(version, releaseId),
      artifact: { name, kind, size, sha256, sha512, url },
    },
  }
}

function whyNotHere(manifest: Manifest, pins: Pins) {
  if (manifest.product !== pins.product) {
    return {
      code: 'offer.product_wrong',
      reason: `The manifest is for the product ${manifest.product}, this is ${pins.product}.`,
    }
  }
  // An old, validly signed manifest would bring back what newer releases fixed.
  if (manifest.sequence < pins.highestSequence) {
    const reason = `The manifest of ${manifest.version} has sequence ${manifest.sequence}, but ${pins.highestSequence} ran here already.`
    return { code: 'offer.sequence_stale', reason }
  }
  return undefined
}
