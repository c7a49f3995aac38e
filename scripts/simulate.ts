// Simulated installations that speak the agent protocol to a running Fairway: enough to watch a rollout without any machine.
//   npm run simulate -- --server http://localhost:4600 --token fw_… --organisation org_… --product till [--channel stable] [--count 50] [--failing 10]
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createSigningKey, signProof, verifyManifest } from '@fairway/trust'

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://localhost:4600' },
    token: { type: 'string' },
    organisation: { type: 'string' },
    product: { type: 'string' },
    channel: { type: 'string', default: 'stable' },
    count: { type: 'string', default: '50' },
    failing: { type: 'string', default: '0' },
    seconds: { type: 'string', default: '3' },
  },
})
const { server, token, organisation, product, channel } = values
const [count, failingPercent, pollSeconds] = [Number(values.count), Number(values.failing), Number(values.seconds)]
if (!token || !organisation || !product || !(count >= 1 && count <= 5000)) {
  console.error(
    'Say at least --token, --organisation and --product; --count is 1 to 5000. See the first lines of scripts/simulate.ts.',
  )
  process.exit(2)
}

interface Simulated {
  installationId: string
  manifestKey: string
  privateKey: string
  bearer: string
  version: string | null
  releaseId: string | null
  sequence: number
  refused: string[]
}

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
const tally = { current: 0, held: 0, updated: 0, failed: 0, errors: 0 }

async function post<Answer>(path: string, body: object, bearer?: string) {
  const headers = { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) }
  const response = await fetch(server + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  // The simulation believes the server that it was told of.
  return (await response.json()) as Answer
}

async function enrol(number: number): Promise<Simulated> {
  const wish = { organisationId: organisation, productId: product, channel, name: `simulated-${number}` }
  const enrolment = await post<{ token: string }>('/api/v1/enrolments', wish, token)
  const key = createSigningKey()
  const request = { token: enrolment.token, publicKey: key.publicKey, platform: 'linux', arch: 'x64', agentVersion: 'simulated' }
  const { installationId, manifestKey } = await post<{ installationId: string; manifestKey: string }>(
    '/updates/v1/enrolments',
    request,
  )
  const simulated = {
    installationId,
    manifestKey,
    privateKey: key.privateKey,
    version: null,
    releaseId: null,
    sequence: 0,
    refused: [],
  }
  return { ...simulated, bearer: await signIn(simulated) }
}

async function signIn({ installationId, privateKey }: Pick<Simulated, 'installationId' | 'privateKey'>) {
  const { nonce } = await post<{ nonce: string }>('/updates/v1/nonces', { installationId })
  const instance = randomUUID()
  const signature = signProof({ origin: new URL(server).origin, installationId, instance, nonce }, privateKey)
  return (await post<{ token: string }>('/updates/v1/tokens', { installationId, instance, nonce, signature })).token
}

async function live(one: Simulated) {
  while (!stopping.signal.aborted) {
    await turn(one).catch(async (error: unknown) => {
      tally.errors++
      if (String(error).includes('agent.token_')) one.bearer = await signIn(one).catch(() => one.bearer)
    })
    // Spread by chance, as agents do.
    await new Promise((resolve) => setTimeout(resolve, pollSeconds * 1000 * (0.8 + Math.random() * 0.4)))
  }
}

async function turn(one: Simulated) {
  const { version, releaseId, sequence, refused } = one
  const checkIn = {
    version,
    releaseId,
    health: version ? 'healthy' : 'unknown',
    platform: 'linux',
    arch: 'x64',
    highestSequence: sequence,
    refused,
  }
  const answer = await post<{ decision: 'current' | 'held' | 'update'; manifest?: unknown }>(
    '/updates/v1/check-ins',
    checkIn,
    one.bearer,
  )
  if (answer.decision !== 'update') return void tally[answer.decision]++
  const verdict = verifyManifest(answer.manifest, one.manifestKey)
  if (!verdict.ok) throw new Error(verdict.reason)
  const fails = Math.random() * 100 < failingPercent
  const report = (kind: string) => ({ reportId: randomUUID(), releaseId: verdict.manifest.releaseId, kind, version })
  const kinds = fails ? ['downloaded', 'failed', 'rolled_back'] : ['downloaded', 'installed', 'healthy']
  await post('/updates/v1/reports', { reports: kinds.map(report) }, one.bearer)
  if (fails) one.refused.push(verdict.manifest.releaseId)
  else
    Object.assign(one, {
      version: verdict.manifest.version,
      releaseId: verdict.manifest.releaseId,
      sequence: verdict.manifest.sequence,
    })
  tally[fails ? 'failed' : 'updated']++
}

console.log(`Enrolling ${count} installations of ${product} on ${channel} …`)
const fleet: Simulated[] = []
for (let number = 1; number <= count && !stopping.signal.aborted; number++) fleet.push(await enrol(number))
console.log('They check in; Ctrl-C ends it. They stay enrolled: retire them with fairway installation retire.')
const telling = setInterval(() => console.log(JSON.stringify(tally)), 5000)
await Promise.all(fleet.map(live))
clearInterval(telling)
