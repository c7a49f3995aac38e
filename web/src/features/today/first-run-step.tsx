// One step: what it is for, what it did so far, and where it is done.
import { IconCircleCheck } from '@tabler/icons-react'
import { type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, LiveMark } from '#ui'
import { useTranslation } from '#words'
import { useStepWords } from './step-list.tsx'
import { type Found, type StepName, STEPS } from './steps.ts'

interface FirstRunStepProps {
  step: StepName
  found: Found
  isDone: boolean
  next: StepName | undefined
}

/** Who may do the step. */
const NEEDS: Record<StepName, Schemas['Me']['permissions'][number]> = {
  product: 'products:manage',
  release: 'releases:publish',
  customer: 'customers:manage',
  rollout: 'rollouts:steer',
  installation: 'installations:enrol',
}

export function FirstRunStep({ step, found, isDone, next }: FirstRunStepProps) {
  const { t } = useTranslation()
  const words = useStepWords(found)
  return (
    <>
      <p className="t2 s13">{t('today.start.step_of', { step: STEPS.indexOf(step) + 1 })}</p>
      <h1>{t(`today.start.${step}.title`)}</h1>
      <p className="t2">{t(`today.start.${step}.text`)}</p>
      <div className="card so-far" aria-live="polite">
        {isDone && (
          <span className="mk ok">
            <IconCircleCheck className="i" aria-hidden />
          </span>
        )}
        <span className="sp">{words(step)}</span>
        {step === 'installation' && !isDone && <LiveMark />}
      </div>
      {step === 'installation' && !isDone && <p className="t2 s13">{t('today.start.installation.waiting')}</p>}
      <Way step={step} found={found} isDone={isDone} next={next} />
    </>
  )
}

function Way({ step, found, isDone, next }: FirstRunStepProps) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const { to, words } = useWay(step, found)
  if (isDone && next !== undefined)
    return (
      <p>
        <ButtonLink look="primary" to={`?step=${next}`}>
          {t('today.new_go', { step: STEPS.indexOf(next) + 1 })}
        </ButtonLink>
      </p>
    )
  if (isDone)
    return (
      <p>
        <ButtonLink look="primary" to={paths.today()}>
          {t('today.start.to_today')}
        </ButtonLink>
      </p>
    )
  if (!permissions.includes(NEEDS[step])) return <p className="t2 s13">{t('today.start.not_yours')}</p>
  return (
    <p>
      <ButtonLink look="primary" to={to}>
        {words}
      </ButtonLink>
    </p>
  )
}

function useWay(step: StepName, { product, release, draft, customer }: Found) {
  const { t } = useTranslation()
  const of = product ? { product: product.id } : {}
  const ways: Record<StepName, { to: string; words: string }> = {
    product: { to: paths.settings('products'), words: t('today.start.product.go') },
    release: draft
      ? { to: paths.release(draft.productId, draft.version), words: t('today.start.release.go_draft') }
      : { to: paths.newRelease(of), words: t('today.start.release.go') },
    customer: customer
      ? {
          to: paths.customer(customer.organisation.id),
          words: t('today.start.customer.go_on', { customer: customer.organisation.name }),
        }
      : { to: paths.customers(), words: t('today.start.customer.go') },
    rollout: { to: paths.newRollout(release ? { release: release.id } : {}), words: t('today.start.rollout.go') },
    installation: {
      to: paths.connect({ ...of, ...(customer && { organisation: customer.organisation.id }) }),
      words: t('today.start.installation.go'),
    },
  }
  return ways[step]
}
