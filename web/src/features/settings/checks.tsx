// Several of some: boxes with their consequence in the second line, and what is wrong where none is chosen.
import { IconAlertCircle } from '@tabler/icons-react'
import { useId } from 'react'

interface ChecksProps<V extends string> {
  legend: string
  choices: { value: V; label: string; detail: string }[]
  chosen: readonly V[]
  onChange: (chosen: V[]) => void
  error?: string | undefined
}

export function Checks<V extends string>({ legend, choices, chosen, onChange, error }: ChecksProps<V>) {
  const id = useId()
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className="lab">{legend}</legend>
      <div className="checks">
        {choices.map(({ value, label, detail }) => (
          <label className="row top check" key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              aria-invalid={error ? true : undefined}
              onChange={({ target }) =>
                onChange(choices.map((one) => one.value).filter((one) => (one === value ? target.checked : chosen.includes(one))))
              }
            />
            <span>
              {label}
              <span className="below">{detail}</span>
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p className="s13 bad fg row top" id={id}>
          <IconAlertCircle className="i" aria-hidden />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  )
}
