// What a new installation has done so far, live: it called, it gets its first version, it is healthy.
import { useQuery } from '@tanstack/react-query'
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconRefresh } from '@tabler/icons-react'
import { type ReactNode } from 'react'
import type { Schemas } from '#api'
import { Time, formatTarget } from '#ui'
import { useTranslation } from '#words'
import { outlookQuery, releasesQuery } from './fleet-queries.ts'

type Details = Schemas['StaffInstallationDetails']
type State = 'done' | 'now' | 'to_come' | 'failed'

const ICONS = { done: IconCircleCheck, now: IconRefresh, to_come: IconCircleDashed, failed: IconCircleX }
const TONES = { done: 'ok', now: 'info', to_come: 'mute', failed: 'bad' }

export function FirstReports({ name, newcomer }: { name: string; newcomer: Details | undefined }) {
  const { t } = useTranslation()
  return (
    <ol className="steps" aria-label={t('fleet.wait_steps')} aria-live="polite">
      {newcomer ? (
        <>
          <Step state="done" at={newcomer.enrolledAt} detail={formatTarget(newcomer)}>
            {t('fleet.wait_enrolled', { name: newcomer.name })}
          </Step>
          <FirstVersion newcomer={newcomer} />
        </>
      ) : (
        <Step state="now" detail={t('fleet.wait_first_detail')}>
          {t('fleet.wait_first', { name })}
        </Step>
      )}
    </ol>
  )
}

function FirstVersion({ newcomer }: { newcomer: Details }) {
  const { t } = useTranslation()
  const { data: releases } = useQuery(releasesQuery(newcomer.productId))
  const { data: outlooks } = useQuery(outlookQuery([newcomer.id]))
  const outcome = newcomer.outcomes.toSorted((a, b) => b.at.localeCompare(a.at))[0]
  const outlook = outlooks?.items[0]
  if (outcome === undefined) {
    const version = outlook?.kind === 'update' ? outlook.version : null
    const words = version ? t('fleet.wait_update', { version }) : t('fleet.wait_nothing')
    return (
      <Step state={version ? 'now' : 'to_come'} detail={outlook?.text}>
        {words}
      </Step>
    )
  }
  const version = releases?.items.find(({ id }) => id === outcome.releaseId)?.version ?? ''
  const { kind, at, reason } = outcome
  if (kind === 'offered') return <Step state="now">{t('fleet.wait_update', { version })}</Step>
  const failed = kind === 'failed' || kind === 'rolled_back'
  const key = kind === 'rolled_back' ? 'failed' : kind
  return (
    <Step state={failed ? 'failed' : kind === 'healthy' ? 'done' : 'now'} at={at} detail={reason}>
      {t(`fleet.wait_${key}`, { version })}
    </Step>
  )
}

function Step({
  state,
  at,
  detail,
  children,
}: {
  state: State
  at?: string
  detail?: string | null | undefined
  children: ReactNode
}) {
  const Icon = ICONS[state]
  return (
    <li className="card step" aria-current={state === 'now' ? 'step' : undefined}>
      <span className={`mk ${TONES[state]}`}>
        <Icon className="i" aria-hidden />
      </span>
      <span className="b">{children}</span>
      {at === undefined ? <span /> : <span className="t2 num">{<Time at={at} />}</span>}
      {detail && <span className="t2 s13 d">{detail}</span>}
    </li>
  )
}
