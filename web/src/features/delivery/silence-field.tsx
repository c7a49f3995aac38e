// After how long silence counts as failure.
import { IconAlertCircle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from '#words'
import { secondsOf, type Span } from './plan.ts'
import { SpanFields } from './span-fields.tsx'

export function SilenceField({ span, onChange, isShowing }: { span: Span; onChange: (span: Span) => void; isShowing: boolean }) {
  const { t } = useTranslation()
  const id = useId()
  const [isLeft, setLeft] = useState(false)
  const isWrong = (isShowing || isLeft) && secondsOf(span, 1) === undefined
  return (
    <div className="field">
      <label htmlFor={id}>{t('rollouts.silence')}</label>
      <div style={{ maxWidth: 260 }}>
        <SpanFields
          id={id}
          span={span}
          onChange={onChange}
          onLeave={() => setLeft(true)}
          label={t('rollouts.silence')}
          unitLabel={t('rollouts.silence_unit')}
          isWrong={isWrong}
          describedBy={`${id}-hint`}
        />
      </div>
      <p className="hint" id={`${id}-hint`}>
        {isWrong ? (
          <span className="bad fg row top">
            <IconAlertCircle className="i" aria-hidden />
            {t('rollouts.problem_silence')}
          </span>
        ) : (
          t('rollouts.silence_hint')
        )}
      </p>
    </div>
  )
}
