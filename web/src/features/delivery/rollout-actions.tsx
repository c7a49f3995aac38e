// What a person can do to a rollout: pause, resume, halt; each asks why, and says truthfully what follows.
import {
  IconArrowBackUp,
  IconCopy,
  IconHandStop,
  IconPlayerPause,
  IconPlayerPlay,
  IconStack2,
  IconTag,
  IconTimeline,
} from '@tabler/icons-react'
import { useState } from 'react'
import { api, useMe } from '#api'
import { paths } from '#paths'
import { ActionMenu, Button, Confirm, useKeys } from '#ui'
import { useTranslation } from '#words'
import { totalsOf } from './progress.ts'
import type { Counts, RolloutDetails } from './queries.ts'
import { AskRollBack } from './rollout-roll-back.tsx'
import { runningOf } from './verdict-words.ts'

type Asked = 'pause' | 'resume' | 'halt' | 'rollBack'

export function RolloutActions({ rollout, counts }: { rollout: RolloutDetails; counts: Counts }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>()
  const isSteerer = useMe().permissions.includes('rollouts:steer')
  const maySteer = isSteerer && rollout.endedAt === null
  const mayGoBack = isSteerer && rollout.goesBackTo !== null
  const stopping: Asked = mayGoBack ? 'rollBack' : 'halt'
  const steering: Asked = rollout.state === 'paused' ? 'resume' : 'pause'
  useKeys({
    ...(maySteer ? { p: () => setAsked(steering) } : {}),
    ...(maySteer || mayGoBack ? { 'shift+h': () => setAsked(stopping) } : {}),
  })
  const close = () => setAsked(undefined)
  return (
    <>
      {maySteer && (
        <>
          <Button
            icon={
              steering === 'pause' ? <IconPlayerPause className="i" aria-hidden /> : <IconPlayerPlay className="i" aria-hidden />
            }
            aria-keyshortcuts="p"
            onClick={() => setAsked(steering)}
          >
            {t(`rollouts.${steering}`)}
          </Button>
        </>
      )}
      {(maySteer || mayGoBack) && (
        <Button
          look="danger"
          icon={mayGoBack ? <IconArrowBackUp className="i" aria-hidden /> : <IconHandStop className="i" aria-hidden />}
          aria-keyshortcuts="Shift+H"
          onClick={() => setAsked(stopping)}
        >
          {t(stopWords(rollout, mayGoBack), { to: rollout.goesBackTo ?? '' })}
        </Button>
      )}
      <More rollout={rollout} onHaltOnly={maySteer && mayGoBack ? () => setAsked('halt') : undefined} />
      <AskSteering
        rollout={rollout}
        steering={asked === 'resume' ? 'resume' : 'pause'}
        isOpen={asked === 'pause' || asked === 'resume'}
        onClose={close}
      />
      <AskHalt rollout={rollout} counts={counts} isOpen={asked === 'halt'} onClose={close} />
      <AskRollBack rollout={rollout} counts={counts} isOpen={asked === 'rollBack'} onClose={close} />
    </>
  )
}

function stopWords({ endedAt }: RolloutDetails, mayGoBack: boolean) {
  if (!mayGoBack) return 'rollouts.halt'
  return endedAt ? 'rollouts.send_back' : 'rollouts.halt_and_back'
}

interface MoreProps {
  rollout: RolloutDetails
  /** Where the button does more than halt. */
  onHaltOnly: (() => void) | undefined
}

function More({ rollout: { id, productId: product, channel, version }, onHaltOnly }: MoreProps) {
  const { t } = useTranslation()
  const haltOnly = onHaltOnly && {
    words: t('rollouts.halt_only'),
    icon: <IconHandStop className="i" aria-hidden />,
    onClick: onHaltOnly,
  }
  return (
    <ActionMenu
      items={[
        ...(haltOnly ? [haltOnly] : []),
        {
          words: t('rollouts.open_release', { version }),
          icon: <IconTag className="i" aria-hidden />,
          to: paths.release(product, version),
        },
        {
          words: t('rollouts.open_fleet', { channel }),
          icon: <IconStack2 className="i" aria-hidden />,
          to: paths.fleet({ product, channel }),
        },
        {
          words: t('rollouts.open_timeline'),
          icon: <IconTimeline className="i" aria-hidden />,
          to: paths.timeline({ subject: id }),
        },
        {
          words: t('rollouts.copy_id', { id }),
          icon: <IconCopy className="i" aria-hidden />,
          onClick: () => void navigator.clipboard.writeText(id),
        },
      ]}
    />
  )
}

interface Asking {
  rollout: RolloutDetails
  isOpen: boolean
  onClose: () => void
}

function AskSteering({ rollout, steering, isOpen, onClose }: Asking & { steering: 'pause' | 'resume' }) {
  const { t } = useTranslation()
  const steer = api.useMutation('post', `/api/v1/rollouts/{rolloutId}/${steering}`)
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t(`rollouts.${steering}_question`, { version: rollout.version, step: rollout.step, steps: rollout.steps.length })}
      verb={t(`rollouts.${steering}_verb`)}
      busyVerb={t(steering === 'pause' ? 'rollouts.pausing' : 'rollouts.resuming')}
      reasonLabel={t('rollouts.reason')}
      isHarmless
      onConfirm={(reason) => steer.mutateAsync({ params: { path: { rolloutId: rollout.id } }, body: { reason } })}
    >
      {t(`rollouts.${steering}_text`)}
    </Confirm>
  )
}

function AskHalt({ rollout, counts, isOpen, onClose }: Asking & { counts: Counts }) {
  const { t } = useTranslation()
  const halt = api.useMutation('post', '/api/v1/rollouts/{rolloutId}/halt')
  const { version, channel } = rollout
  const running = runningOf(counts, version)
  const { updating, waiting, silent, toCome } = totalsOf(rollout)
  const waits = waiting + silent + toCome
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t('rollouts.halt_question', { count: running, version, channel })}
      verb={t('rollouts.halt_verb', { version })}
      busyVerb={t('rollouts.halting')}
      keep={t('rollouts.keep_going')}
      reasonLabel={t('rollouts.reason')}
      onConfirm={(reason) => halt.mutateAsync({ params: { path: { rolloutId: rollout.id } }, body: { reason } })}
    >
      <div className="say">
        {waits > 0 && <p>{t('rollouts.halt_waiting', { count: waits })}</p>}
        {updating > 0 && <p>{t('rollouts.halt_updating', { count: updating })}</p>}
        {running > 0 && <p>{t('rollouts.halt_running', { count: running, version })}</p>}
        <p>{t('rollouts.halt_final')}</p>
      </div>
    </Confirm>
  )
}
