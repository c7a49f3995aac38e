// The typed way to the server. The session cookie speaks; who has none is led to the sign-in page.
import { createClient } from '@fairway/client'
import createQueryClient from 'openapi-react-query'
import { broughtAnswer } from './brought.ts'

export const client = createClient({ server: location.origin })

client.use({
  onRequest: ({ request }) => broughtAnswer(request),
  onResponse({ response }) {
    if (response.status === 401) goToSignIn()
  },
})

/** `api.queryOptions('get', '/api/v1/rollouts', { params: … })` and its hooks; the key is method, path and parameters. */
export const api = createQueryClient(client)

/** A page of the server: the whole document changes. Comes back to where the person was. */
export function goToSignIn() {
  const here = location.pathname + location.search
  location.assign(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`)
}
