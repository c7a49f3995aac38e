// The five steps at the left: which are done and what they did, which is next.
import { IconCircleCheck, IconCircleDashed, IconCircleDot } from '@tabler/icons-react'
import { Link } from 'react-router'
import { isWord, useTranslation } from '#words'
import { type Found, type StepName, STEPS } from './steps.ts'

export function StepList({ found, done, shown }: { found: Found; done: StepName[]; shown: StepName | undefined }) {
  const { t } = useTranslation()
  const words = useStepWords(found)
  return (
    <nav aria-label={t('today.start.steps')}>
      <ol className="step-list">
        {STEPS.map((step) => (
          <li key={step}>
            <Link to={`?step=${step}`} aria-current={step === shown ? 'step' : undefined} preventScrollReset>
              <Mark isDone={done.includes(step)} isShown={step === shown} />
              <span>
                <span className="b">{t(`today.start.${step}.name`)}</span>
                <span className="t2 s13 detail">{words(step)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      <p className="t3 s13 later">{t('today.start.later')}</p>
    </nav>
  )
}

function Mark({ isDone, isShown }: { isDone: boolean; isShown: boolean }) {
  const Icon = isDone ? IconCircleCheck : isShown ? IconCircleDot : IconCircleDashed
  return (
    <span className={`mk ${isDone ? 'ok' : isShown ? 'info' : 'mute'}`}>
      <Icon className="i" aria-hidden />
    </span>
  )
}

/** What a step did, or what is left of it. */
export function useStepWords({ product, release, draft, customer, rollout, installation }: Found) {
  const { t } = useTranslation()
  const stateOf = (kind: 'rollout' | 'condition', value: string | null) => {
    const key = `status.${kind}.${value}`
    // The table of states has it.
    return isWord(key) ? t(key as 'status.rollout.running').toLowerCase() : (value ?? '')
  }
  const said: Record<StepName, () => string> = {
    product: () =>
      product
        ? t('today.start.product.done', { product: product.name, channels: product.channels.map(({ name }) => name).join(', ') })
        : t('today.start.product.left'),
    release: () => {
      if (release) return t('today.start.release.done', { version: release.version })
      return draft ? t('today.start.release.draft', { version: draft.version }) : t('today.start.release.left')
    },
    customer: () => {
      if (!customer) return t('today.start.customer.left')
      const values = { customer: customer.organisation.name }
      if (!customer.isEntitled) return t('today.start.customer.no_entitlement', values)
      return customer.hasMember ? t('today.start.customer.done', values) : t('today.start.customer.no_member', values)
    },
    rollout: () =>
      rollout
        ? t('today.start.rollout.done', {
            version: rollout.version,
            channel: rollout.channel,
            state: stateOf('rollout', rollout.state),
          })
        : t('today.start.rollout.left'),
    installation: () => {
      if (!installation) return t('today.start.installation.left')
      const { name, version, condition } = installation
      if (version === null) return t('today.start.installation.called', { name })
      return t('today.start.installation.done', { name, version, condition: stateOf('condition', condition) })
    },
  }
  return (step: StepName) => said[step]()
}
