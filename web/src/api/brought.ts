// Answers that the page brought with it (server/src/web-answers.ts): they stand for the first requests of the first screen.

export function broughtAnswer({ method, url }: Request) {
  if (method !== 'GET') return undefined
  const { pathname, search } = new URL(url)
  const found = brought().find(({ dataset }) => dataset['ask'] === pathname + search)
  if (!found) return undefined
  found.dataset['isUsed'] = ''
  return new Response(found.textContent, { headers: { 'content-type': 'application/json' } })
}

/** Once the first screen is drawn: from then on, whoever asks wants to know what it is now. */
export function forgetBrought() {
  for (const one of brought()) {
    // A test listens: the list in screens.ts and the loader of the screen have drifted apart.
    if (one.dataset['isUsed'] === undefined) console.error(`Nobody asked for ${one.dataset['ask']}.`)
    one.remove()
  }
}

/** Where the log of what happens was when the page was made. */
export function broughtPosition() {
  return document.querySelector<HTMLElement>('script[data-behind]')?.dataset['behind']
}

function brought() {
  return [...document.querySelectorAll<HTMLScriptElement>('script[data-ask]')]
}
