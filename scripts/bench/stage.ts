// A Fairway of its own with a product and many installations, as the measurements need it.
import { join } from 'node:path'
import { createSigningKey, signProof } from '@fairway/trust'
import { type DemoPerson, signIn } from '../demo/people.ts'
import { ADMIN, startPlatform } from '../demo/platform.ts'
import { runningPrograms, stopProgram } from '../demo/processes.ts'

export const INSTALLATIONS = Number(process.env.BENCH_INSTALLATIONS ?? 1000)

export interface Stage {
  server: string
  /** Folder of the platform: its data lie in `data`. */
  folder: string
  pid: number
  admin: DemoPerson
  organisationId: string
  /** Short-lived tokens of installations, one each. */
  tokens: string[]
  close(): Promise<void>
}

export async function openStage(folder: string): Promise<Stage> {
  const { server, child, isReady } = await startPlatform(join(folder, 'stage'), { FAIRWAY_REQUESTS_PER_MINUTE: '1000000000' })
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 50))
  const admin = await signIn(server, ADMIN)
  await admin.call('POST', '/products', { id: 'till', name: 'Till' })
  const { id: organisationId } = await admin.call<{ id: string }>('POST', '/organisations', { name: 'Bench' })
  await admin.call('PUT', `/organisations/${organisationId}/entitlements/till/stable`)
  const tokens: string[] = []
  const enrolNext = async () => {
    while (tokens.length < INSTALLATIONS)
      tokens.push(await enrol(admin, { server, organisationId, name: `till-${tokens.length}` }))
  }
  await Promise.all(Array.from({ length: 8 }, enrolNext))
  return {
    server,
    folder: join(folder, 'stage'),
    pid: child.pid ?? 0,
    admin,
    organisationId,
    tokens,
    close: async () => void (await Promise.all(runningPrograms().map(stopProgram))),
  }
}

async function enrol(
  admin: DemoPerson,
  { server, organisationId, name }: { server: string; organisationId: string; name: string },
) {
  const enrolment = await admin.call<{ token: string }>('POST', '/enrolments', {
    organisationId,
    productId: 'till',
    channel: 'stable',
    name,
  })
  const key = createSigningKey()
  const request = { token: enrolment.token, publicKey: key.publicKey, platform: 'linux', arch: 'x64', agentVersion: 'bench' }
  const { installationId } = await post<{ installationId: string }>(`${server}/updates/v1/enrolments`, request)
  const { nonce } = await post<{ nonce: string }>(`${server}/updates/v1/nonces`, { installationId })
  const instance = 'bench-instance-of-its-own'
  const signature = signProof({ origin: server, installationId, instance, nonce }, key.privateKey)
  return (await post<{ token: string }>(`${server}/updates/v1/tokens`, { installationId, instance, nonce, signature })).token
}

async function post<Answer>(url: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  // The bench believes its own server.
  return (await response.json()) as Answer
}
