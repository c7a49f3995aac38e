// An installation that speaks the agent protocol over HTTP; what it runs is a word, not a program.
import { randomUUID } from 'node:crypto'
import { createSigningKey, signProof } from '@fairway/trust'
import { ask, insist, tryOnce } from './persistent-client.ts'
import { PRODUCT, type Stage } from './stage.ts'

interface Runs {
  version: string | null
  releaseId: string | null
  health: string
  highestSequence: number
}

interface ManifestFacts {
  releaseId: string
  version: string
  sequence: number
}

interface CheckInAnswer {
  decision: string
  manifest?: { payload: string }
}

export type SpokenAgent = Awaited<ReturnType<typeof aSpokenAgent>>

export async function aSpokenAgent(
  { server, admin, organisationId }: Pick<Stage, 'server' | 'admin' | 'organisationId'>,
  name: string,
) {
  const { url } = server
  const { token } = await admin.call<{ token: string }>('POST', '/enrolments', {
    organisationId,
    productId: PRODUCT,
    channel: 'stable',
    name,
  })
  return enrol(url, token)
}

/** With a token of an enrolment; asked again with the same key it gets the same installation. */
export async function enrol(url: string, enrolmentToken: string) {
  const key = createSigningKey()
  const body = { token: enrolmentToken, publicKey: key.publicKey, platform: 'linux', arch: 'x64', agentVersion: '0.1.0' }
  const enrolled = await insist(url, { path: '/updates/v1/enrolments', body })
  if (enrolled.status !== 201) throw new Error(JSON.stringify(enrolled.body))
  const installationId = String(enrolled.body.installationId)
  const headers = await proveIdentity(url, { installationId, privateKey: key.privateKey })
  const runs: Runs = { version: null, releaseId: null, health: 'unknown', highestSequence: 0 }
  const refused: string[] = []
  const checkInRequest = () => ({
    path: '/updates/v1/check-ins',
    headers,
    body: { ...runs, platform: 'linux', arch: 'x64', refused },
  })
  const reportRequest = (report: object) => ({
    path: '/updates/v1/reports',
    headers,
    body: { reports: [{ reportId: randomUUID(), version: runs.version, ...report }] },
  })

  async function checkIn() {
    const { status, body } = await insist(url, checkInRequest())
    if (status !== 200) throw new Error(JSON.stringify(body))
    return body as unknown as CheckInAnswer
  }

  /** Sent with the same id until it is stored. */
  async function report(report: { reportId?: string; releaseId: string; kind: string; reason?: string }) {
    const request = reportRequest(report)
    const { status, body, tries } = await insist(url, request)
    if (status !== 200) throw new Error(JSON.stringify(body))
    return { reportId: request.body.reports[0]?.reportId ?? '', tries }
  }

  /** Takes what is offered, if anything; it becomes healthy, or fails and goes back. */
  async function follow(outcome: 'healthy' | 'failed' = 'healthy') {
    const answer = await checkIn()
    if (answer.decision !== 'update') return answer.decision
    const { releaseId, version, sequence } = JSON.parse(
      Buffer.from(answer.manifest?.payload ?? '', 'base64').toString(),
    ) as ManifestFacts
    await report({ releaseId, kind: 'downloaded' })
    if (outcome === 'failed') {
      await report({ releaseId, kind: 'failed', reason: 'The health check failed.' })
      await report({ releaseId, kind: 'rolled_back' })
      refused.push(releaseId)
    } else {
      Object.assign(runs, { version, releaseId, health: 'healthy', highestSequence: sequence })
      await report({ releaseId, kind: 'healthy' })
    }
    await checkIn()
    return answer.decision
  }

  return {
    installationId,
    runs,
    checkIn,
    report,
    follow,
    tryCheckIn: () => ask(url, checkInRequest()),
    tryReport: (report: object) => ask(url, reportRequest(report)),
  }
}

async function proveIdentity(url: string, { installationId, privateKey }: { installationId: string; privateKey: string }) {
  const instance = randomUUID()
  const origin = new URL(url).origin
  for (;;) {
    const { body } = await insist(url, { path: '/updates/v1/nonces', body: { installationId } })
    const nonce = String(body.nonce)
    const signature = signProof({ origin, installationId, instance, nonce }, privateKey)
    // A nonce whose answer was lost is used up: then with a new one.
    const answer = await tryOnce(url, { path: '/updates/v1/tokens', body: { installationId, instance, nonce, signature } })
    if (answer?.status === 200) return { authorization: `Bearer ${String(answer.body.token)}` }
    if (answer && answer.body.code !== 'agent.nonce_stale') throw new Error(JSON.stringify(answer.body))
  }
}
