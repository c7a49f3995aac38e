// On the day's page of a Fairway that is not set up yet: how far it is, and the way on.
import { paths } from '#paths'
import { Banner, ButtonLink } from '#ui'
import { useTranslation } from '#words'
import { STEPS, useSetUp } from './steps.ts'

export function NewFairway({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation()
  const { done, next, total } = useSetUp()
  // Once installations run, whatever is left is a choice.
  if (next === undefined || (!isNew && total > 0)) return null
  const step = STEPS.indexOf(next) + 1
  return (
    <Banner
      tone="info"
      title={isNew ? undefined : t('today.not_set_up')}
      actions={
        <ButtonLink look="primary" to={paths.firstRun()}>
          {t('today.new_go', { step })}
        </ButtonLink>
      }
    >
      {t('today.new_text', { done: done.length })}
    </Banner>
  )
}
