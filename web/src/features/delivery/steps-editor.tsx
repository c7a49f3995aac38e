// The steps of a rollout as rows: percent, time of proof, and how many installations that is.
import { IconAlertCircle, IconPlus, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '#ui'
import { useTranslation } from '#words'
import { addStep, MAX_STEPS, type PlannedStep, problemOfStep, sizesOf, type StepProblem } from './plan.ts'
import { SpanFields } from './span-fields.tsx'

interface StepsEditorProps {
  steps: PlannedStep[]
  onChange: (steps: PlannedStep[]) => void
  installations: number
  /** Problems are shown in rows that were left; after a submit in all. */
  isShowing: boolean
}

export function StepsEditor({ steps, onChange, installations, isShowing }: StepsEditorProps) {
  const { t } = useTranslation()
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const id = useId()
  const sizes = sizesOf(steps, installations)
  const problemOf = (index: number) => (isShowing || left.has(steps[index]?.key ?? -1) ? problemOfStep(steps, index) : undefined)
  const change = (changed: PlannedStep) => onChange(steps.map((step) => (step.key === changed.key ? changed : step)))
  return (
    <fieldset className="field">
      <legend className="lab">{t('rollouts.plan')}</legend>
      <p className="hint">{t('rollouts.plan_hint')}</p>
      <ol className="plan">
        {steps.map((step, index) => (
          <li key={step.key}>
            <Row
              step={step}
              index={index}
              problem={problemOf(index)}
              problemId={problemOf(index) && `${id}-${step.key}`}
              onChange={change}
              onLeave={() => setLeft((before) => new Set(before).add(step.key))}
              onRemove={steps.length > 1 ? () => onChange(steps.filter(({ key }) => key !== step.key)) : undefined}
            />
            <AfterRow id={`${id}-${step.key}`} problem={problemOf(index)} of={sizes[index]} installations={installations} />
          </li>
        ))}
      </ol>
      {steps.length < MAX_STEPS && (
        <div>
          <Button size="small" icon={<IconPlus className="i" aria-hidden />} onClick={() => onChange(addStep(steps))}>
            {t('rollouts.step_add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** In the place of what the step reaches: what appears on leaving a field must not move what is clicked next. */
function StepProblemLine({ id, problem }: { id: string; problem: StepProblem }) {
  const { t } = useTranslation()
  return (
    <p className="reaches s13 bad fg row top" id={id}>
      <IconAlertCircle className="i" aria-hidden />
      <span>{t(`rollouts.problem_${problem}`)}</span>
    </p>
  )
}

interface RowProps {
  step: PlannedStep
  index: number
  problem: StepProblem | undefined
  problemId: string | undefined
  onChange: (step: PlannedStep) => void
  onLeave: () => void
  onRemove: (() => void) | undefined
}

function Row({ step, index, problem, problemId, onChange, onLeave, onRemove }: RowProps) {
  const { t } = useTranslation()
  const isPercentWrong = problem !== undefined && problem !== 'bake'
  const number = { step: index + 1 }
  return (
    <>
      <span className="sn" aria-hidden>
        {index + 1}
      </span>
      <span className="suffixed">
        <input
          className={`in${isPercentWrong ? ' err' : ''}`}
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('rollouts.step_percent', number)}
          aria-invalid={isPercentWrong || undefined}
          aria-describedby={problemId}
          value={step.percent}
          onChange={({ target }) => onChange({ ...step, percent: target.value })}
          onBlur={onLeave}
        />
        <span aria-hidden>%</span>
      </span>
      <SpanFields
        span={step.bake}
        onChange={(bake) => onChange({ ...step, bake })}
        onLeave={onLeave}
        label={t('rollouts.step_bake', number)}
        unitLabel={t('rollouts.step_unit', number)}
        isWrong={problem === 'bake'}
        describedBy={problemId}
      />
      {onRemove ? (
        <IconButton
          look="ghost"
          label={t('rollouts.step_remove', number)}
          icon={<IconX className="i" aria-hidden />}
          onClick={onRemove}
        />
      ) : (
        <span />
      )}
    </>
  )
}

interface AfterRowProps {
  id: string
  problem: StepProblem | undefined
  of: { size: number; reached: number } | undefined
  installations: number
}

function AfterRow({ id, problem, of, installations }: AfterRowProps) {
  const { t } = useTranslation()
  if (problem) return <StepProblemLine id={id} problem={problem} />
  if (!of || installations === 0) return <span className="reaches" />
  return (
    <span className="reaches s13">
      {of.size === 0 ? t('rollouts.step_reaches_none') : t('rollouts.step_reaches', { count: of.size })}
      {', '}
      <span className="t3">{t('rollouts.step_total', { reached: of.reached, total: installations })}</span>
    </span>
  )
}
