// How far a known error reaches: who still has it, and who runs its fix; pure rules over what fleet and delivery told.
import { type Fixes, fixHeldBy, hasFault } from '../closing/fixed-version.ts'

/** A known error with what delivery says of its fixes. */
export interface Reaching {
  productId: string
  affectedRange: string
  fixes: Fixes
}

interface Running {
  productId: string
  version: string | null
}

/** Of these installations, those that have it. */
export function affectedAmong<One extends Running>({ productId, affectedRange, fixes }: Reaching, installations: One[]) {
  return installations.flatMap((one) =>
    one.version !== null && one.productId === productId && hasFault(one.version, { ...fixes, affectedRange })
      ? [{ ...one, version: one.version }]
      : [],
  )
}

export interface Counted {
  organisationId: string
  version: string
  installations: number
}

export interface Reach {
  affected: { installations: number; organisations: number }
  fixedInstallations: number
}

export function reachOf({ affectedRange, fixes }: Reaching, counts: Counted[]): Reach {
  const affected = counts.filter((one) => hasFault(one.version, { ...fixes, affectedRange }))
  const fixed = counts.filter((one) => fixHeldBy(one.version, fixes))
  return {
    affected: { installations: sum(affected), organisations: new Set(affected.map((one) => one.organisationId)).size },
    fixedInstallations: sum(fixed),
  }
}

function sum(counts: Counted[]) {
  return counts.reduce((total, one) => total + one.installations, 0)
}
