// What is on its way to the own installations, soonest first: those that get the same release at the same step are one entry.
import { type Installation, isComing, type Outlook } from './next-update.ts'

export interface Coming {
  key: string
  productId: string
  releaseId: string | null
  version: string
  /** `step`: when the rollout reaches `percentHere`; `later`: nobody can say yet. */
  when: 'now' | 'step' | 'later' | 'paused'
  percentHere: number | null
  percentNow: number | null
  share: Outlook['share']
  installations: Installation[]
}

const ORDER = { now: 0, step: 1, later: 2, paused: 3 }

export function comingTo(installations: Installation[], outlooks: Map<string, Outlook>): Coming[] {
  const coming = installations.flatMap((installation) => {
    const outlook = outlooks.get(installation.id)
    return outlook && isComing(outlook) && outlook.version !== null
      ? [{ installation, ...entryOf(installation, outlook, outlook.version) }]
      : []
  })
  return [...Map.groupBy(coming, ({ entry }) => entry.key).values()]
    .map((same) => ({ ...same[0]!.entry, installations: same.map(({ installation }) => installation) }))
    .toSorted((a, b) => ORDER[a.when] - ORDER[b.when] || (a.percentHere ?? 0) - (b.percentHere ?? 0))
}

function entryOf({ productId, channel }: Installation, outlook: Outlook, version: string) {
  const when = whenOf(outlook)
  const percentHere = when === 'step' ? (outlook.rollout?.percentHere ?? null) : null
  const key = [productId, channel, outlook.releaseId, when, percentHere].join(' ')
  return {
    entry: {
      key,
      productId,
      releaseId: outlook.releaseId,
      version,
      when,
      percentHere,
      percentNow: outlook.rollout?.percentNow ?? null,
      share: outlook.share,
    },
  }
}

export function whenOf({ kind, code, rollout }: Pick<Outlook, 'kind' | 'code' | 'rollout'>): Coming['when'] {
  if (kind === 'update') return 'now'
  if (code === 'paused' || rollout?.state === 'paused') return 'paused'
  return rollout && rollout.percentHere !== null && rollout.percentHere > rollout.percentNow ? 'step' : 'later'
}
