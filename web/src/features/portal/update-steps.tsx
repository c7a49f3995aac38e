// How far an update is that is under way: downloaded, installed, healthy; the step list is the progress.
import { IconCircleCheck, IconCircleDashed, IconLoader2 } from '@tabler/icons-react'
import type { Schemas } from '#api'
import { Time } from '#ui'
import { useTranslation } from '#words'

const STEPS = ['downloaded', 'installed', 'healthy'] as const
/** Steps done by what was told last. */
const DONE: Record<string, number> = { offered: 0, downloaded: 1, installed: 2, healthy: 3 }

export function UpdateSteps({ installation: { outcomes, reports } }: { installation: Schemas['InstallationDetails'] }) {
  const { t } = useTranslation()
  const [last] = outcomes.toSorted((a, b) => b.at.localeCompare(a.at))
  const done = last === undefined ? 0 : (DONE[last.kind] ?? 0)
  // Since it was offered: an earlier try of the same release is history.
  const told = reports.filter(({ releaseId, receivedAt }) => releaseId === last?.releaseId && receivedAt >= last.offeredAt)
  const atOf = (step: string) => told.find(({ kind }) => kind === step)?.receivedAt
  return (
    <ol className="hist steps" aria-label={t('portal.steps')}>
      {STEPS.map((step, place) => (
        <Step key={step} step={step} at={atOf(step)} progress={place < done ? 'done' : place === done ? 'now' : 'to_do'} />
      ))}
    </ol>
  )
}

const LOOK = {
  done: ['ok', IconCircleCheck],
  now: ['info', IconLoader2],
  to_do: ['mute', IconCircleDashed],
} as const

function Step({ step, at, progress }: { step: (typeof STEPS)[number]; at: string | undefined; progress: keyof typeof LOOK }) {
  const { t } = useTranslation()
  const [tone, Icon] = LOOK[progress]
  return (
    <li className={tone} aria-current={progress === 'now' ? 'step' : undefined}>
      <Icon className={progress === 'now' ? 'i turning' : 'i'} aria-hidden />
      <span className={progress === 'to_do' ? 't3' : 'b'}>
        {t(progress === 'now' ? `portal.step_now.${step}` : `portal.step.${step}`)}
      </span>
      {progress === 'done' && at !== undefined ? <Time at={at} as="ago" /> : <span />}
    </li>
  )
}
