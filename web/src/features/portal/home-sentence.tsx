// The answer of the home page: how many need a look, which, and how the others are.
import { type Schemas, useVendor } from '#api'
import { formatTime, useNow } from '#ui'
import { useTranslation } from '#words'
import type { Installation } from './next-update.ts'

type Counts = Schemas['InstallationCounts']

export function useHomeSentence({ total, byCondition }: Counts) {
  const { t } = useTranslation()
  const { name: vendor } = useVendor()
  const count = needALook(byCondition)
  const well = byCondition.healthy + byCondition.updating
  if (total === 0) return t('portal.empty', { vendor })
  if (count > 0) return total === 1 ? t('portal.look_only_one') : t('portal.look', { count, total })
  if (well < total) return t('portal.some_well', { well, count: total })
  return t('portal.all_well', { count: total })
}

interface HomeLeadProps {
  counts: Counts
  /** By need. */
  installations: Installation[]
  /** All of them, not only the first page. */
  isWhole: boolean
}

/** Only what changes with events or by the minute stands here, so it may be read aloud when it does. */
export function HomeLead({ counts, installations, isWhole }: HomeLeadProps) {
  const why = useWhy(installations)
  const others = useOthers(counts)
  const heard = useHeard(installations)
  const isAllHeard = isWhole && needALook(counts.byCondition) === 0 && counts.byCondition.never === 0
  return <span aria-live="polite">{[...why, ...others, ...(isAllHeard ? heard : [])].join(' ')}</span>
}

const NAMED = 2

/** Of the first two that need a look, what is wrong. */
function useWhy(installations: Installation[]) {
  const { t } = useTranslation()
  const needing = installations.filter(
    ({ condition }) => condition === 'failing' || condition === 'degraded' || condition === 'silent',
  )
  const sentences = needing.slice(0, NAMED).map(({ name, condition, version, lastSeenAt }) => {
    if (condition === 'silent')
      return t('portal.lead_silent', { name, time: lastSeenAt === null ? '' : formatTime(new Date(lastSeenAt)) })
    if (condition === 'failing') return t('portal.lead_failing', { name })
    return version === null ? t('portal.lead_degraded_bare', { name }) : t('portal.lead_degraded', { name, version })
  })
  return needing.length > NAMED ? [...sentences, t('portal.lead_more', { count: needing.length - NAMED })] : sentences
}

function useOthers({ total, byCondition }: Counts) {
  const { t } = useTranslation()
  const { healthy, updating, never } = byCondition
  const look = needALook(byCondition)
  return [
    ...(look > 0 && healthy > 0
      ? [t(healthy + look === total ? 'portal.lead_rest' : 'portal.lead_well', { count: healthy })]
      : []),
    ...(updating > 0 ? [t('portal.lead_updating', { count: updating })] : []),
    ...(never > 0 ? [t('portal.lead_never', { count: never })] : []),
  ]
}

/** Rounded up to what people say; beyond a quarter of an hour they are silent, not well. */
const MINUTES = [1, 5, 15]

function useHeard(installations: Installation[]) {
  const { t } = useTranslation()
  const now = useNow(60_000)
  const eldest = Math.max(...installations.map(({ lastSeenAt }) => now - Date.parse(lastSeenAt ?? '')))
  const count = MINUTES.find((minutes) => eldest <= minutes * 60_000)
  return count === undefined ? [] : [t('portal.lead_heard', { count })]
}

function needALook({ failing, degraded, silent }: Counts['byCondition']) {
  return failing + degraded + silent
}
