// The parts of the small pages: fields with their help and error, the sentence of what went wrong, ways on.
import { type Html, html } from './html.ts'

const ALERT = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="9" />
  <path d="M12 8v4M12 16h.01" />
</svg>`

export const FINGERPRINT = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M18.9 7a8 8 0 0 1 1.1 5v1a6 6 0 0 0 .8 3" />
  <path d="M8 11a4 4 0 0 1 8 0v1a10 10 0 0 0 2 6" />
  <path d="M12 11v2a14 14 0 0 0 2.5 8" />
  <path d="M8 15a18 18 0 0 0 1.8 6" />
  <path d="M4.9 19a22 22 0 0 1 -.9 -7v-1a8 8 0 0 1 12 -6.95" />
</svg>`

interface Field {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  autocomplete: string
  value?: string | undefined
  hint?: string | undefined
  /** How it would be right. */
  error?: string | undefined
  minLength?: number
  /** Says so behind the label. */
  optional?: string
  /** At the right of the label: another way. */
  aside?: Html
  /** Said by the script while caps lock is on. */
  capsLock?: string
}

export function field({ name, label, type = 'text', autocomplete, value = '', ...rest }: Field) {
  const { hint, error, minLength = 1, optional, aside, capsLock } = rest
  const tied = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return html`<div class="field">
    <div class="labels">
      <label for="${name}">${label} ${optional && html`<span class="quiet">(${optional})</span>`}</label>
      ${aside}
    </div>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      value="${value}"
      minlength="${minLength}"
      maxlength="256"
      ${tied ? html`aria-describedby="${tied}"` : undefined}
      ${error ? html`aria-invalid="true" autofocus` : undefined}
      ${capsLock ? html`data-caps-lock="${capsLock}"` : undefined}
      ${optional ? undefined : html`required`}
    />
    ${error ? problem(error, `${name}-error`) : undefined} ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  </div>`
}

/** What went wrong, where it went wrong. */
export function problem(message: string, id?: string) {
  return html`<p role="alert" class="error" ${id && html`id="${id}"`}>${ALERT}<span>${message}</span></p>`
}

export function hidden(name: string, value: string) {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}

export function submit(words: string) {
  return html`<button class="button primary">${words}</button>`
}

export function wayOn(to: string, words: string) {
  return html`<a class="button primary" href="${to}">${words}</a>`
}

/** A quiet question with its way: Joined already? Sign in. */
export function wayBy(question: string, to: string, words: string) {
  return html`<p class="quiet small">${question} <a href="${to}">${words}</a></p>`
}
