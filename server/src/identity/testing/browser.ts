// A browser for stories: keeps cookies, sends forms and JSON from our own origin, and has an address of its own.
import type { TestIdentity } from './open-identity.ts'
import { ORIGIN } from './open-identity.ts'

export type Browser = ReturnType<typeof openBrowser>

let opened = 0

export function openBrowser({ http }: Pick<TestIdentity, 'http'>, origin = ORIGIN) {
  const cookies = new Map<string, string>()
  opened += 1
  const remoteAddress = `10.99.${opened >> 8}.${opened & 255}`

  async function send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    { headers = {}, payload }: { headers?: Record<string, string>; payload?: string | object } = {},
  ) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await http.inject({
      method,
      url,
      remoteAddress,
      headers: { host: new URL(ORIGIN).host, ...(method === 'GET' ? {} : { origin }), ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, maxAge } of answer.cookies) {
      if (value === '' || maxAge === 0) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return answer
  }

  return {
    remoteAddress,
    cookies,
    get: (url: string) => send('GET', url),
    /** As `fetch` with JSON. */
    send: (method: 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) => send(method, url, payload ? { payload } : {}),
    /** As a form of a page. */
    submit: (url: string, fields: Record<string, string>) =>
      send('POST', url, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      }),
    signIn: (email: string, password: string) => send('POST', '/api/auth/sign-in/email', { payload: { email, password } }),
  }
}

/** The latest mail to somebody, and the path of the link in it. */
export async function latestMail({ mail }: Pick<TestIdentity, 'mail'>, to: string) {
  const found = (await mail.list()).find((one) => one.to === to)
  return found && { ...found, path: new RegExp(`${ORIGIN}(/\\S+)`).exec(found.text ?? '')?.[1] ?? '' }
}
