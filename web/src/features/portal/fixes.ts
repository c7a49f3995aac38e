// How far away the fix of a known error is from those that have the fault: a rule without input or output.
import type { Schemas } from '#api'
import { type Coming, whenOf } from './coming.ts'
import { isComing, type Outlook } from './next-update.ts'

export type KnownError = Schemas['KnownError']

export type FixWay =
  /** `isFirst`: others that have the fault get it later. */
  | {
      kind: Coming['when']
      version: string
      name: string
      isFirst: boolean
      percentHere: number | null
      percentNow: number | null
    }
  /** It was tried there, and went back. */
  | { kind: 'refused'; version: string; name: string }
  | { kind: 'released'; version: string }
  | { kind: 'none' }

const ORDER = { now: 0, step: 1, later: 2, paused: 3 }

/** The soonest way by which one of the affected gets it. */
export function wayOfFix({ fixedIn, affects }: Pick<KnownError, 'fixedIn' | 'affects'>, outlooks: Map<string, Outlook>): FixWay {
  const ways = affects.flatMap(({ installationId, name }) => {
    const outlook = outlooks.get(installationId)
    return outlook && bringsFix(outlook, fixedIn) ? [{ outlook, name, kind: whenOf(outlook) }] : []
  })
  const [soonest] = ways.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind] || percentOf(a.outlook) - percentOf(b.outlook))
  if (soonest)
    return {
      kind: soonest.kind,
      version: soonest.outlook.version ?? '',
      name: soonest.name,
      isFirst: affects.length > 1,
      percentHere: soonest.outlook.rollout?.percentHere ?? null,
      percentNow: soonest.outlook.rollout?.percentNow ?? null,
    }
  const refused = affects.find(({ installationId }) => wasRefused(outlooks.get(installationId), fixedIn))
  if (refused) return { kind: 'refused', version: outlooks.get(refused.installationId)?.version ?? '', name: refused.name }
  const version = fixedIn.at(-1)
  return version === undefined ? { kind: 'none' } : { kind: 'released', version }
}

export function bringsFix(outlook: Outlook, fixedIn: string[]) {
  return isComing(outlook) && outlook.version !== null && fixedIn.includes(outlook.version)
}

function wasRefused(outlook: Outlook | undefined, fixedIn: string[]) {
  return outlook?.code === 'refused_here' && outlook.version !== null && fixedIn.includes(outlook.version)
}

function percentOf({ rollout }: Outlook) {
  return rollout?.percentHere ?? 100
}
