// Sending everybody back to the release before: asking for it, what has become of it, and taking it back.
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useMe } from '#api'
import { Button, Confirm, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import { totalsOf } from './progress.ts'
import type { Counts, RolloutDetails } from './queries.ts'
import { runningOf } from './verdict-words.ts'

interface Asking {
  rollout: RolloutDetails
  counts: Counts
  isOpen: boolean
  onClose: () => void
}

/** Also of a rollout that has ended: then it only sends back. */
export function AskRollBack({ rollout, counts, isOpen, onClose }: Asking) {
  const { t } = useTranslation()
  const rollBack = api.useMutation('post', '/api/v1/rollouts/{rolloutId}/roll-back')
  const { version, channel, goesBackTo } = rollout
  const running = runningOf(counts, version)
  const { waiting, silent, toCome } = totalsOf(rollout)
  const waits = rollout.endedAt ? 0 : waiting + silent + toCome
  const to = goesBackTo ?? ''
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t('rollouts.back_question', { count: running, version, channel, to })}
      verb={t('rollouts.back_verb', { to })}
      busyVerb={t('rollouts.back_busy')}
      keep={t('rollouts.back_keep')}
      reasonLabel={t('rollouts.reason')}
      onConfirm={(reason) => rollBack.mutateAsync({ params: { path: { rolloutId: rollout.id } }, body: { reason } })}
    >
      <div className="say">
        <p>{t('rollouts.back_how', { count: running, to })}</p>
        {waits > 0 && <p>{t('rollouts.halt_waiting', { count: waits })}</p>}
        <p>{t('rollouts.back_older', { version })}</p>
        <p>{t('rollouts.back_undo', { version })}</p>
      </div>
    </Confirm>
  )
}

/** What has become of the order; nothing where none was given. */
export function GoingBack({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const stop = api.useMutation('delete', '/api/v1/rollouts/{rolloutId}/roll-back')
  const maySteer = useMe().permissions.includes('rollouts:steer')
  const { rollback, version } = rollout
  if (!rollback) return null
  const { toVersion, orderedAt, orderedBy, remaining } = rollback
  return (
    <div className="note row wrapf">
      <IconArrowBackUp className="i" aria-hidden />
      <div>
        <p>
          <b>
            {remaining === 0
              ? t('rollouts.back_done', { to: toVersion })
              : t('rollouts.back_left', { count: remaining, to: toVersion, version })}
          </b>
        </p>
        <p className="s13">
          <Trans
            i18nKey={orderedBy ? 'rollouts.back_ordered' : 'rollouts.back_ordered_nobody'}
            values={{ name: orderedBy?.name ?? '' }}
            components={{ at: <Time at={orderedAt} /> }}
          />
        </p>
      </div>
      {maySteer && remaining > 0 && <Button onClick={() => setAsking(true)}>{t('rollouts.back_stop')}</Button>}
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        question={t('rollouts.back_stop_question', { to: toVersion })}
        verb={t('rollouts.back_stop')}
        busyVerb={t('rollouts.back_stopping')}
        onConfirm={() => stop.mutateAsync({ params: { path: { rolloutId: rollout.id } } })}
      >
        {t('rollouts.back_stop_text', { count: remaining, version })}
      </Confirm>
    </div>
  )
}
