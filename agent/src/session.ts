// Speaks to the server as this installation: nonce, signature, token, and a new token when the old one is not accepted.
import { signProof } from '@fairway/trust'
import { ServerProblem } from './agent-error.ts'
import { askServer, openAnswer } from './ask-server.ts'
import type { Identity } from './identity.ts'
import { textField } from './json.ts'

export interface Session {
  post(path: string, body: unknown): Promise<unknown>
  /** The open answer of a GET on the server's own host. */
  open(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response>
}

const renewable = ['agent.token_expired', 'agent.token_unknown', 'agent.nonce_stale']

export function createSession(identity: Identity, instance: string, stopping: AbortSignal): Session {
  let token: string | undefined
  const post = (path: string, body: unknown) =>
    askServer(new URL(path, identity.server), { method: 'POST', body, signal: stopping })

  async function fetchToken(): Promise<string> {
    const { installationId } = identity
    const nonce = textField(await post('/updates/v1/nonces', { installationId }), 'nonce') ?? ''
    const proof = { origin: identity.server, installationId, instance, nonce }
    const signature = signProof(proof, identity.privateKey)
    const fresh = textField(await post('/updates/v1/tokens', { installationId, instance, nonce, signature }), 'token')
    if (!fresh || !/^[\x21-\x7e]+$/.test(fresh))
      throw new ServerProblem({ status: 200, code: 'answer.malformed', message: 'The server gave no token.' })
    return fresh
  }

  // Twice at most: a second refusal is the server's last word for now.
  async function withToken<Answer>(ask: (authorization: string) => Promise<Answer>, again = true): Promise<Answer> {
    try {
      token ??= await fetchToken()
      return await ask(`Bearer ${token}`)
    } catch (error) {
      if (!(error instanceof ServerProblem) || error.status !== 401) throw error
      token = undefined
      if (!again || !renewable.includes(error.code)) throw error
      return withToken(ask, false)
    }
  }

  return {
    post: (path, body) =>
      withToken((authorization) =>
        askServer(new URL(path, identity.server), { method: 'POST', body, headers: { authorization }, signal: stopping }),
      ),
    open: (path, headers, signal) => {
      const url = ownUrl(path, identity.server)
      return withToken((authorization) => openAnswer(url, { method: 'GET', headers: { ...headers, authorization }, signal }))
    },
  }
}

function ownUrl(path: string, server: string): URL {
  const url = URL.canParse(path, server) ? new URL(path, server) : undefined
  if (url?.origin === server) return url
  throw new ServerProblem({ status: 200, code: 'answer.malformed', message: 'The server named an address on another host.' })
}
