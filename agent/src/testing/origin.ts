// A small server that speaks /updates/v1 and really signs, for tests of the agent; its faults are switched on by the test.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createSigningKey,
  fingerprintOf,
  signManifest,
  verifyProof,
  type ArtifactKind,
  type SignedManifest,
} from '@fairway/trust'
import { field, listField, textField } from '../json.ts'
import { json, problem, readBody } from './answers.ts'
import { createPatches, type PatchQuality } from './patches.ts'
import { createRepository, direct, publish, serve } from './repository.ts'

export interface OfferedRelease {
  version: string
  releaseId: string
  sequence: number
  bytes: Buffer
  kind: ArtifactKind
  product?: string
  /** Claimed in the manifest instead of the true one. */
  size?: number
  /** Newer releases over which this one may be installed. */
  replaces?: string[]
}

export interface StoredReport {
  reportId: string
  releaseId: string
  kind: string
  version: string | null
  reason?: string
  fetched?: unknown
}

/** Numbers count down, all begin at 0. */
export interface Faults {
  /** The next artifact stops there, until `cutStalled`. */
  stallAfterBytes: number
  garbleArtifacts: boolean
  patches: PatchQuality
  signWithStranger: boolean
  errors500: number
  retryAfterSeconds: number
  expireTokens: number
  loseEnrolments: number
  loseReportAnswers: number
  refuseReportKind: string
  revoked: boolean
  /** As a Fairway from before TUF. */
  withoutTuf: boolean
}

const noFaults: Faults = {
  stallAfterBytes: 0,
  garbleArtifacts: false,
  patches: 'none',
  signWithStranger: false,
  errors500: 0,
  retryAfterSeconds: 0,
  expireTokens: 0,
  loseEnrolments: 0,
  loseReportAnswers: 0,
  refuseReportKind: '',
  revoked: false,
  withoutTuf: false,
}

const enrolToken = 'fwe_test-token'

export async function startOrigin() {
  const key = createSigningKey()
  const faults: Faults = { ...noFaults }
  const seen = {
    requests: [] as { method: string; path: string; range: string | undefined; body: unknown }[],
    reports: [] as StoredReport[],
    duplicateReports: 0,
    instances: [] as string[],
    enrolledKeys: [] as string[],
  }
  const repository = createRepository(key)
  const patches = createPatches()
  const nonces = new Set<string>()
  const tokens = new Set<string>()
  let offered: OfferedRelease | undefined
  let held: string | undefined
  let pollSeconds = 60
  let stalled: ServerResponse | undefined

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address object.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? ''
    const body = await readBody(request)
    seen.requests.push({ method: request.method ?? '', path, range: request.headers.range, body })
    if (faults.errors500 > 0) {
      faults.errors500 -= 1
      if (faults.retryAfterSeconds > 0) response.setHeader('retry-after', String(faults.retryAfterSeconds))
      return problem(response, 500, 'server.broken')
    }
    if (path === '/updates/v1/enrolments') return enrol(response, body)
    if (path === '/updates/v1/nonces') return giveNonce(response)
    if (path === '/updates/v1/tokens') return giveToken(response, body)
    if (faults.revoked) return problem(response, 401, 'agent.revoked')
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    if (faults.expireTokens > 0 || !tokens.has(token)) {
      if (faults.expireTokens > 0) faults.expireTokens -= 1
      return problem(response, 401, tokens.delete(token) ? 'agent.token_expired' : 'agent.token_unknown')
    }
    if (path === '/updates/v1/check-ins') return json(response, 200, decision(body))
    if (path === '/updates/v1/reports') return store(response, body)
    const tuf = /^\/updates\/tuf\/till\/(.*)$/.exec(path)?.[1]
    if (tuf !== undefined && !faults.withoutTuf) return serve(repository, tuf, response)
    if (path === '/updates/v1/artifacts/ar_1/plain' && offered)
      return patches.send(request, response, { target: offered, quality: faults.patches })
    if (path.startsWith('/updates/v1/artifacts/')) return sendArtifact(request, response)
    return problem(response, 404, 'route.unknown')
  }

  function enrol(response: ServerResponse, body: unknown) {
    const publicKey = textField(body, 'publicKey') ?? ''
    if (textField(body, 'token') !== enrolToken) return problem(response, 401, 'enrolment.unknown')
    if (seen.enrolledKeys.length > 0 && !seen.enrolledKeys.includes(publicKey)) return problem(response, 409, 'enrolment.used')
    seen.enrolledKeys.push(publicKey)
    if (faults.loseEnrolments > 0) {
      faults.loseEnrolments -= 1
      return response.destroy()
    }
    return json(response, 201, {
      installationId: 'in_1',
      product: 'till',
      channel: 'stable',
      manifestKey: key.publicKey,
      pollSeconds: 60,
    })
  }

  function giveNonce(response: ServerResponse) {
    const nonce = randomUUID()
    nonces.add(nonce)
    return json(response, 200, { nonce, expiresInSeconds: 60 })
  }

  function giveToken(response: ServerResponse, body: unknown) {
    const [installationId, instance, nonce, signature] = ['installationId', 'instance', 'nonce', 'signature'].map(
      (name) => textField(body, name) ?? '',
    )
    if (!nonces.delete(nonce ?? '')) return problem(response, 401, 'agent.nonce_stale')
    if (faults.revoked) return problem(response, 401, 'agent.revoked')
    const proof = { origin: url, installationId: installationId ?? '', instance: instance ?? '', nonce: nonce ?? '' }
    if (!verifyProof(proof, signature ?? '', seen.enrolledKeys[0] ?? '')) return problem(response, 401, 'agent.signature_wrong')
    if (!seen.instances.includes(proof.instance)) seen.instances.push(proof.instance)
    const token = `fwt_${randomUUID()}`
    tokens.add(token)
    return json(response, 200, { token, expiresInSeconds: 900 })
  }

  function decision(body: unknown) {
    if (held !== undefined) return { decision: 'held', because: { code: 'cohort', text: held }, pollSeconds }
    if (!offered || textField(body, 'releaseId') === offered.releaseId) return { decision: 'current', pollSeconds }
    if (listField(body, 'refused').includes(offered.releaseId)) {
      return { decision: 'held', because: { code: 'refused_here', text: 'It rolled back here.' }, pollSeconds }
    }
    const artifact = {
      name: nameOf(offered),
      sha256: digest(offered.bytes, 'sha256'),
      size: offered.bytes.length,
      url: '/updates/v1/artifacts/ar_1',
    }
    return {
      decision: 'update',
      manifest: sign(offered),
      artifact,
      ...(faults.withoutTuf ? {} : { direction: directTo(offered) }),
      pollSeconds,
    }
  }

  function directTo(release: OfferedRelease) {
    const path = publish(repository, { ...release, name: nameOf(release), plain: patches.remember(release) })
    return direct(repository, path, faults.signWithStranger ? { signer: createSigningKey() } : {})
  }

  function sign(release: OfferedRelease): SignedManifest {
    const { privateKey, publicKey } = faults.signWithStranger ? createSigningKey() : key
    const digests = { sha256: digest(release.bytes, 'sha256'), sha512: digest(release.bytes, 'sha512') }
    const where = { platform: process.platform, arch: process.arch, name: nameOf(release), kind: release.kind }
    const plain = patches.remember(release)
    const artifacts = [{ ...where, size: release.size ?? release.bytes.length, ...digests, ...(plain && { plain }) }]
    const { version, releaseId, sequence, product = 'till' } = release
    return signManifest(
      { format: 1, product, version, releaseId, sequence, publishedAt: '2026-11-23T10:00:00.000Z', artifacts },
      privateKey,
      publicKey,
    )
  }

  function store(response: ServerResponse, body: unknown) {
    const reports = listField(body, 'reports').map(readReport)
    if (reports.some(({ kind }) => kind === faults.refuseReportKind)) return problem(response, 422, 'report.unknown_release')
    for (const report of reports) {
      if (seen.reports.some(({ reportId }) => reportId === report.reportId)) seen.duplicateReports += 1
      else seen.reports.push(report)
    }
    if (faults.loseReportAnswers > 0) {
      faults.loseReportAnswers -= 1
      return response.destroy()
    }
    return json(response, 200, { stored: reports.map(({ reportId }) => reportId) })
  }

  function sendArtifact(request: IncomingMessage, response: ServerResponse) {
    const whole = offered?.bytes ?? Buffer.alloc(0)
    const etag = `"${digest(whole, 'sha256')}"`
    const asked = request.headers['if-range'] === etag ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0
    if (asked > 0 && asked >= whole.length) return problem(response, 416, 'range.unsatisfiable')
    const bytes = Buffer.from(whole.subarray(asked))
    if (faults.garbleArtifacts && bytes.length > 0) bytes[0] = (bytes[0] ?? 0) ^ 1
    if (asked > 0) response.setHeader('content-range', `bytes ${asked}-${whole.length - 1}/${whole.length}`)
    response.writeHead(asked > 0 ? 206 : 200, { etag, 'accept-ranges': 'bytes', 'content-length': bytes.length })
    if (faults.stallAfterBytes === 0) return response.end(bytes)
    stalled = response
    response.write(bytes.subarray(0, faults.stallAfterBytes))
    faults.stallAfterBytes = 0
    return undefined
  }

  return {
    url,
    enrolToken,
    fingerprint: fingerprintOf(key.publicKey),
    faults,
    seen,
    repository,
    offer(release: OfferedRelease | undefined) {
      offered = release
      held = undefined
    },
    hold(text: string) {
      held = text
    },
    cutStalled() {
      stalled?.destroy()
    },
    poll(seconds: number) {
      pollSeconds = seconds
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type Origin = Awaited<ReturnType<typeof startOrigin>>

function nameOf({ version, kind }: OfferedRelease): string {
  return kind === 'opaque' ? 'till' : `till-${version}.${kind}`
}

function digest(bytes: Buffer, algorithm: 'sha256' | 'sha512'): string {
  return createHash(algorithm).update(bytes).digest('hex')
}

function readReport(value: unknown): StoredReport {
  const [reportId = '', releaseId = '', kind = ''] = ['reportId', 'releaseId', 'kind'].map((name) => textField(value, name) ?? '')
  const reason = textField(value, 'reason')
  const fetched = field(value, 'fetched')
  const version = field(value, 'version')
  return {
    reportId,
    releaseId,
    kind,
    version: typeof version === 'string' ? version : null,
    ...(reason !== undefined && { reason }),
    ...(fetched !== undefined && { fetched }),
  }
}
