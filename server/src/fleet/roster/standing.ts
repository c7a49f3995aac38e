// What a check-in is judged by, shared by all installations that stand alike: a million of them are a few thousand of these.
import type { Health, InstallationState, StoredInstallation } from '../installation.ts'

export interface Standing {
  readonly organisationId: string
  readonly productId: string
  readonly channel: string
  readonly platform: string
  readonly arch: string
  readonly state: InstallationState
  readonly version: string | null
  readonly releaseId: string | null
  readonly health: Health
  readonly refusedReleaseIds: readonly string[]
}

const MAX_KEPT = 100_000
const BETWEEN_FIELDS = '\t'
const BETWEEN_IDS = ' '

/** Equal for equal standings; what PostgreSQL writes for a whole page (`roster-queries.ts`) looks the same. None of its texts holds a tab or a blank. */
export function textOfStanding(one: Omit<StoredInstallation, 'id'>) {
  const { organisationId, productId, channel, platform, arch, state, version, releaseId, health, refusedReleaseIds } = one
  const last = refusedReleaseIds.join(BETWEEN_IDS)
  return [organisationId, productId, channel, platform, arch, state, version ?? '', releaseId ?? '', health, last].join(
    BETWEEN_FIELDS,
  )
}

/** Gives the same object for equal standings, and the same text for equal texts. Forgets all before it grows without end; who has one keeps it. */
export function createStandings() {
  const standings = new Map<string, Standing>()
  const texts = new Map<string, string>()

  function one(text = '') {
    const known = texts.get(text)
    if (known !== undefined) return known
    texts.set(text, text)
    return text
  }

  function read(text: string): Standing {
    const [organisationId, productId, channel, platform, arch, state, version, releaseId, health, refused] =
      text.split(BETWEEN_FIELDS)
    return {
      organisationId: one(organisationId),
      productId: one(productId),
      channel: one(channel),
      platform: one(platform),
      arch: one(arch),
      // As the checks of the table allow them.
      state: one(state) as InstallationState,
      version: one(version) || null,
      releaseId: one(releaseId) || null,
      health: one(health) as Health,
      refusedReleaseIds: refused ? refused.split(BETWEEN_IDS).map(one) : [],
    }
  }

  return (text: string): Standing => {
    const known = standings.get(text)
    if (known) return known
    if (standings.size >= MAX_KEPT) {
      standings.clear()
      texts.clear()
    }
    const standing = read(text)
    standings.set(text, standing)
    return standing
  }
}
