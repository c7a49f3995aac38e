// Writes small pages by hand: everything that is filled in is escaped, and there is one frame around all of them.
export interface Html {
  readonly html: string
}

type Part = string | number | Html | Html[] | undefined

/** Escapes what is filled in, except for what is Html already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: strings.reduce((text, piece, at) => text + render(parts[at - 1]) + piece) }
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (Array.isArray(part)) return part.map(render).join('')
  if (typeof part === 'object') return part.html
  return String(part)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Script and style come from files: the content security policy allows nothing inline. */
export function page({ title, language = 'en', content }: { title: string; language?: string; content: Html }) {
  const { html: text } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Fairway</title>
        <link rel="stylesheet" href="/identity-assets/pages.css" />
        <script src="/identity-assets/pages.js" defer></script>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `
  return text
}

export function errorBox(message: string | undefined) {
  return message === undefined ? undefined : html`<p role="alert" class="error">${message}</p>`
}

interface Input {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  autocomplete: string
  value?: string | undefined
  minLength?: number
  isOptional?: boolean
}

export function input({ name, label, type = 'text', autocomplete, value = '', minLength = 1, isOptional = false }: Input) {
  const required = isOptional ? html`` : html` required`
  return html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      value="${value}"
      minlength="${minLength}"
      maxlength="256"
      ${required}
    />`
}
