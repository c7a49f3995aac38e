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

const MARK = html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
  <rect width="24" height="24" rx="6" />
  <path d="M5.4 19.5C5.4 13 8.6 11 8.6 4.5M15.4 19.5C15.4 13 18.6 11 18.6 4.5" />
  <circle cx="12" cy="12" r="1.7" />
</svg>`

interface Page {
  title: string
  /** Whose Fairway it is: at the end of the document's title. */
  vendor: string
  /** One quiet line below the title. */
  lead?: string | undefined
  language?: string
  content: Html
  foot: string
}

/** Script and style come from files: the content security policy allows nothing inline. */
export function page({ title, vendor, lead, language = 'en', content, foot }: Page) {
  const { html: text } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title.includes(vendor) ? title : `${title} · ${vendor}`}</title>
        <link rel="icon" href="/identity-assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/identity-assets/pages.css" />
        <script src="/identity-assets/pages.js"></script>
      </head>
      <body>
        <main>
          <div class="box">
            <header>
              ${MARK}
              <h1>${title}</h1>
              ${lead && html`<p class="quiet">${lead}</p>`}
            </header>
            ${content}
          </div>
        </main>
        <footer>${foot}</footer>
      </body>
    </html> `
  return text
}
