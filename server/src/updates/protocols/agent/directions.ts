// Signs what an installation should run, once for many polls: the same direction serves until half of its time is over.
import type { ProductRepository } from '#delivery'
import type { Clock } from '#platform/clock'
import { createRecent } from '#platform/recent'
import type { SignedTarget } from '../../snapshot.ts'

/** Long enough for a slow start of a download, short enough that an old word is worth nothing. */
const LIFE_MS = 3_600_000
/** A direction is asked for until its update is done, a few polls. Of a million that all ask at once, the rest is signed again. */
const REMEMBERED = 20_000

export type Direct = ReturnType<typeof createDirections>

interface Made {
  /** What is signed, and its signatures, as they go out. */
  text: string
  path: string
  sha256: string | undefined
  keyid: string | undefined
  untilMs: number
}

export function createDirections({ clock }: { clock: Clock }) {
  const made = createRecent<Made>(REMEMBERED)

  /** Undefined where we hold no key of the product's director. */
  return function direct(repository: ProductRepository | undefined, installationId: string, { path, target }: SignedTarget) {
    const now = clock.now().getTime()
    const { sha256 } = target.hashes
    const keyid = repository?.directorKeyid
    const known = made.find(installationId)
    if (known?.path === path && known.sha256 === sha256 && known.keyid === keyid && now < known.untilMs) return known.text
    // Seconds since 1970: it rises, also over restarts and from process to process.
    const version = Math.floor(now / 1000)
    const direction = repository?.direct?.({ installationId, path, target, version, expires: new Date(now + LIFE_MS) })
    if (!direction) return undefined
    const text = JSON.stringify(direction)
    made.remember(installationId, { text, path, sha256, keyid, untilMs: now + LIFE_MS / 2 })
    return text
  }
}
