// A form: checked on leaving a field, then on each key until it is right; on submit the focus goes to the first error.
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react'
import { problemOf } from '#api'

type Values = Record<string, string | boolean>

interface FormOptions<V extends Values> {
  initial: V
  /** Says what would be right, or nothing. */
  check?: { [K in keyof V]?: (value: V[K], values: V) => string | undefined }
  /** Throws what the server answered: its words go to the fields that they name. */
  submit: (values: V) => Promise<unknown>
}

export type Form = ReturnType<typeof useForm>

export function useForm<V extends Values>({ initial, check = {}, submit }: FormOptions<V>) {
  const [values, setValues] = useState(initial)
  const [touched, setTouched] = useState<ReadonlySet<keyof V>>(new Set())
  const [refused, setRefused] = useState<{ error: unknown; values: V }>()
  const [isBusy, setBusy] = useState(false)
  const element = useRef<HTMLFormElement>(null)

  const ownProblem = (name: keyof V) => check[name]?.(values[name], values)
  /** What the server refused is right again once it is changed. */
  const theirProblem = (name: keyof V) =>
    refused?.values[name] === values[name]
      ? problemOf(refused?.error).errors.find(({ pointer }) => pointer === `/${String(name)}`)?.detail
      : undefined
  const problemWith = (name: keyof V) => (touched.has(name) ? (ownProblem(name) ?? theirProblem(name)) : undefined)
  const set = <K extends keyof V>(name: K, value: V[K]) => setValues((before) => ({ ...before, [name]: value }))

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (isBusy) return
    setTouched(new Set(Object.keys(values)))
    if (Object.keys(values).some((name) => ownProblem(name))) return focusFirstError(element.current)
    setBusy(true)
    try {
      await submit(values)
      setRefused(undefined)
    } catch (error) {
      setRefused({ error, values })
      focusFirstError(element.current)
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    set,
    isBusy,
    failure: refused && failureBeside(refused.error, values),
    reset: (next: V = initial) => {
      setValues(next)
      setTouched(new Set())
      setRefused(undefined)
    },
    /** Names of the fields that differ from the beginning. */
    changed: Object.keys(values).filter((name) => values[name] !== initial[name]),
    /** For text fields and selects. */
    field: <K extends keyof V & string>(name: K) => ({
      name,
      value: String(values[name]),
      error: problemWith(name),
      onBlur: () => setTouched((before) => new Set(before).add(name)),
      onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
        // A text field holds text; boxes are handled by their own.
        set(name, target.value as V[K]),
    }),
    box: <K extends keyof V & string>(name: K) => ({
      name,
      checked: values[name] === true,
      onChange: ({ target }: ChangeEvent<HTMLInputElement>) => set(name, target.checked as V[K]),
    }),
    form: { ref: element, onSubmit: (event: FormEvent) => void onSubmit(event), noValidate: true },
  }
}

/** Once the errors are there. */
function focusFirstError(form: HTMLFormElement | null) {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}

/** What no field shows: for the foot of the form. */
function failureBeside(error: unknown, values: Values) {
  const { errors } = problemOf(error)
  const isShown = errors.length > 0 && errors.every(({ pointer }) => pointer.slice(1) in values)
  return isShown ? undefined : error
}
