// A time as a number and its unit, side by side.
import { useTranslation } from '#words'
import { type Span, type Unit, UNITS } from './plan.ts'

interface SpanFieldsProps {
  span: Span
  onChange: (span: Span) => void
  onLeave: () => void
  /** Names of the two fields, for those who hear them. */
  label: string
  unitLabel: string
  isWrong: boolean
  describedBy?: string | undefined
  id?: string
}

export function SpanFields({ span, onChange, onLeave, label, unitLabel, isWrong, describedBy, id }: SpanFieldsProps) {
  const { t } = useTranslation()
  const checked = { 'aria-invalid': isWrong || undefined, 'aria-describedby': describedBy, onBlur: onLeave }
  return (
    <div className="span2">
      <input
        className={`in${isWrong ? ' err' : ''}`}
        id={id}
        inputMode="decimal"
        autoComplete="off"
        aria-label={id === undefined ? label : undefined}
        value={span.amount}
        onChange={({ target }) => onChange({ ...span, amount: target.value })}
        {...checked}
      />
      <select
        className="in"
        aria-label={unitLabel}
        value={span.unit}
        onChange={({ target }) => onChange({ ...span, unit: unitOf(target.value) })}
      >
        {Object.keys(UNITS).map((unit) => (
          <option key={unit} value={unit}>
            {t(`rollouts.unit_${unitOf(unit)}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

function unitOf(text: string): Unit {
  return text in UNITS ? (text as Unit) : 'minute'
}
