// The people of the demo: each signs in as a person does, and calls the API in their own name.
export interface DemoPerson {
  email: string
  password: string
  call<Answer>(method: string, path: string, body?: object): Promise<Answer>
}

export const PASSWORD = 'only for this demo'

/** Signs in with a password; the session travels as a cookie. */
export async function signIn(server: string, email: string, password = PASSWORD): Promise<DemoPerson> {
  const json = { 'content-type': 'application/json' }
  const headers = { origin: server }
  const response = await fetch(`${server}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...headers, ...json },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return {
    email,
    password,
    async call<Answer>(method: string, path: string, body?: object) {
      const answer = await fetch(`${server}/api/v1${path}`, {
        method,
        headers: { ...headers, cookie, ...(body ? json : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      // The demo believes its own server.
      return (text ? JSON.parse(text) : undefined) as Answer
    },
  }
}

/** Accepts an invitation by the link in the mail, as the invited person would. */
export async function acceptInvitation(server: string, { link, name }: { link: string; name: string }) {
  const page = new URL(link)
  const response = await fetch(`${server}${page.pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server },
    body: new URLSearchParams({ name, password: PASSWORD }),
    redirect: 'manual',
  })
  if (response.status >= 400) throw new Error(`The invitation of ${name} was refused: ${response.status}`)
}
