// What happened to an installation: each update that was tried, as people tell it, and when it was connected.
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconPlugConnected,
  IconRefresh,
} from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Schemas, usePages } from '#api'
import { Card, formatDuration, History, type Past, ShowMore } from '#ui'
import { Trans, useTranslation } from '#words'
import { type Attempt, attemptsOf } from './attempts.ts'
import { releasesOfQuery, reportsOf } from './portal-queries.ts'

type Installation = Schemas['Installation']

export function InstallationHistory({ installation }: { installation: Installation }) {
  const { t } = useTranslation()
  const { items, more, isMoreComing } = usePages(reportsOf(installation.id))
  const past = usePast(installation, attemptsOf(items))
  const connected: Past = {
    key: 'connected',
    tone: 'mute',
    icon: <IconPlugConnected className="i" aria-hidden />,
    words: <span className="b">{t('portal.past_connected')}</span>,
    at: installation.enrolledAt,
  }
  return (
    <Card title={t('portal.history')}>
      {/* The beginning stands at the end, once all is shown. */}
      <History of={more ? past : [...past, connected]} />
      <ShowMore more={more} isComing={isMoreComing} />
    </Card>
  )
}

function usePast({ productId, condition }: Installation, attempts: Attempt[]): Past[] {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(releasesOfQuery(productId)).data
  const versions = new Map(items.map(({ id, version }) => [id, version]))
  return attempts.map((attempt, place) => {
    // Only the newest can be under way.
    const isStopped = attempt.end === 'under_way' && !(place === 0 && condition === 'updating')
    const [tone, Icon] = isStopped ? (['warn', IconAlertTriangle] as const) : LOOK[attempt.end]
    const values = { version: versions.get(attempt.releaseId) ?? t('portal.a_version'), from: attempt.from ?? '' }
    return {
      key: attempt.key,
      tone,
      icon: <Icon className="i" aria-hidden />,
      words: (
        <span className="b">
          <Trans
            i18nKey={`portal.past_${isStopped ? 'stopped' : caseOf(attempt, values)}`}
            values={values}
            components={{ v: <span className="ver" /> }}
          />
        </span>
      ),
      at: attempt.at,
      ...detailOf(attempt, t('portal.took', { duration: formatDuration(attempt.tookMs) })),
    }
  })
}

const LOOK = {
  under_way: ['info', IconRefresh],
  healthy: ['ok', IconCircleCheck],
  failed: ['bad', IconCircleX],
  rolled_back: ['warn', IconArrowBackUp],
} as const

function caseOf({ end, from }: Attempt, { version }: { version: string }) {
  if (end === 'under_way') return 'under_way'
  if (end === 'failed') return 'failed'
  if (end === 'rolled_back') return from === null ? 'back_bare' : 'back'
  if (from === version) return 'healthy'
  return from === null ? 'first' : 'updated'
}

/** Under a second nobody waited, or all reports came at once after a break. */
const TOLD_FROM_MS = 1000

function detailOf({ reason, end, tookMs }: Attempt, took: string): { detail?: ReactNode } {
  if (reason !== null) return { detail: <p className="wrap">{reason}</p> }
  return end === 'healthy' && tookMs >= TOLD_FROM_MS ? { detail: <p>{took}</p> } : {}
}
