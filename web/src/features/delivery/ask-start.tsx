// The one question before a rollout starts: what happens at once, what follows by itself, what stops it.
import { Confirm, formatDuration } from '#ui'
import { useTranslation } from '#words'
import { type PlannedStep, secondsOf, sizesOf } from './plan.ts'

interface AskStartProps {
  isOpen: boolean
  onClose: () => void
  onConfirm: () => Promise<unknown>
  what: { product: string; version: string; channel: string }
  steps: PlannedStep[]
  installations: number
}

export function AskStart({ isOpen, onClose, onConfirm, what, steps, installations }: AskStartProps) {
  const { t } = useTranslation()
  const first = sizesOf(steps, installations)[0]?.size ?? 0
  const seconds = steps.slice(0, -1).reduce((sum, { bake }) => sum + (secondsOf(bake) ?? 0), 0)
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t('rollouts.start_question', what)}
      verb={t('rollouts.start_verb')}
      busyVerb={t('rollouts.starting_verb')}
      isHarmless
      onConfirm={onConfirm}
    >
      <div className="say">
        <p>
          {installations === 0
            ? t('rollouts.start_nobody', what)
            : t('rollouts.start_now', { count: first, total: installations })}
        </p>
        <p>{t('rollouts.start_then', { count: steps.length - 1, least: formatDuration(seconds * 1000) })}</p>
        <p>{t('rollouts.start_stops')}</p>
      </div>
    </Confirm>
  )
}
