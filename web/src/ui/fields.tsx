// Fields of forms: the label above, help below, an error that says how it would be right, tied to its field.
import { IconAlertCircle } from '@tabler/icons-react'
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react'
import { useTranslation } from '#words'

interface Around {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  isOptional?: boolean
  className?: string
}

interface Tied {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

function Field({
  label,
  hint,
  error,
  isOptional = false,
  className = '',
  children,
}: Around & { children: (tied: Tied) => ReactNode }) {
  const { t } = useTranslation()
  const id = useId()
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>
        {label} {isOptional && <span className="t3">({t('common.optional')})</span>}
      </label>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p className="s13 bad fg row top" id={`${id}-error`}>
          <IconAlertCircle className="i" aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

const inputClass = (error: string | undefined) => `in${error ? ' err' : ''}`

export function TextField({
  label,
  hint,
  error,
  isOptional,
  className,
  ...rest
}: Around & Omit<InputHTMLAttributes<HTMLInputElement>, keyof Around>) {
  return (
    <Field {...{ label, hint, error }} {...(isOptional && { isOptional })} {...(className && { className })}>
      {(tied) => <input type="text" className={inputClass(error)} {...tied} {...rest} />}
    </Field>
  )
}

export function TextArea({
  label,
  hint,
  error,
  isOptional,
  className,
  ...rest
}: Around & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof Around>) {
  return (
    <Field {...{ label, hint, error }} {...(isOptional && { isOptional })} {...(className && { className })}>
      {(tied) => <textarea rows={4} className={inputClass(error)} {...tied} {...rest} />}
    </Field>
  )
}

export interface Choice {
  value: string
  label: string
}

export function Select({
  label,
  hint,
  error,
  isOptional,
  className,
  choices,
  ...rest
}: Around & { choices: Choice[] } & Omit<SelectHTMLAttributes<HTMLSelectElement>, keyof Around>) {
  return (
    <Field {...{ label, hint, error }} {...(isOptional && { isOptional })} {...(className && { className })}>
      {(tied) => (
        <select className={inputClass(error)} {...tied} {...rest}>
          {choices.map(({ value, label: words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export interface Consequence extends Choice {
  /** What follows from this choice, in the second line. */
  detail?: ReactNode
}

/** Choices with consequences: cards, the consequence in the second line. */
export function RadioCards({
  legend,
  name,
  choices,
  value,
  onChange,
}: {
  legend: ReactNode
  name: string
  choices: Consequence[]
  value: string
  onChange: (value: string) => void
}) {
  return (
    <fieldset>
      <legend className="lab">{legend}</legend>
      {choices.map((choice) => (
        <label className="opt" key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <span className="b">{choice.label}</span>
            {choice.detail !== undefined && (
              <span className="d" style={{ display: 'block' }}>
                {choice.detail}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function CheckBox({ label, ...rest }: { label: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="row top check">
      <input type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  )
}
