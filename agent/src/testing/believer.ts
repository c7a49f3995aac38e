// An enrolled agent in this very process and a plain tuf-js client beside it, both at the same origin: for tests of what they believe.
import { randomUUID } from 'node:crypto'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseFetcher, Updater } from 'tuf-js'
import { DownloadHTTPError } from 'tuf-js/dist/error.js'
import type { Agent } from '../agent.ts'
import { parseConfig } from '../config.ts'
import { enroll } from '../enroll.ts'
import type { Identity } from '../identity.ts'
import { layoutOf } from '../layout.ts'
import type { Fields } from '../log.ts'
import { createSession } from '../session.ts'
import { emptyState, saveState, type State } from '../state.ts'
import { createRefreshClock } from '../trust/refresh-clock.ts'
import { judgeOffer } from '../trust/judge-offer.ts'
import { startOrigin } from './origin.ts'
import { direct, publish, type DirectionWish, type PublishedRelease } from './repository.ts'

export async function aBeliever() {
  const origin = await startOrigin()
  const dir = await mkdtemp(join(tmpdir(), 'fairway-trust-'))
  const identity = await enroll({ server: origin.url, token: origin.enrolToken, fingerprint: origin.fingerprint, dir })
  const lines: string[] = []
  const agent = createQuietAgent(dir, identity, lines)
  const { layout, session } = agent
  const { repository } = origin
  return {
    origin,
    repository,
    agent,
    lines,
    publish: (release: Partial<PublishedRelease> = {}) => publish(repository, { ...someRelease, ...release }),
    judge: (path: string, wish: DirectionWish = {}) =>
      judgeOffer(agent, { manifest: undefined, direction: direct(repository, path, wish), url: '/a' }),
    runs: (state: Partial<State>) => saveState(layout.stateFile, { ...emptyState, ...state }),
    /** Begins at the first root, as anybody else would who has it; keeps what it learnt from call to call. */
    async plainClient(timeoutMs = 10_000) {
      const metadataDir = join(dir, 'plain-client')
      await mkdir(metadataDir)
      await writeFile(join(metadataDir, 'root.json'), repository.files.get('1.root.json') ?? '')
      return plainClientOf({ origin: origin.url, metadataDir, fetcher: new BearerFetcher(session, timeoutMs) })
    },
    async [Symbol.asyncDispose]() {
      await origin[Symbol.asyncDispose]()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The agent's parts without its process; what it would log goes into `lines`. */
export function createQuietAgent(dir: string, identity: Identity, lines: string[] = []): Agent {
  const layout = layoutOf(dir)
  const stopping = new AbortController().signal
  const note = (message: string, fields?: Fields) => void lines.push(`${message} ${JSON.stringify(fields ?? {})}`)
  return {
    layout,
    identity,
    session: createSession(identity, randomUUID(), stopping),
    config: parseConfig({ start: ['true'], stop: ['true'], health: { command: ['true'] } }, 'agent.json'),
    refreshes: createRefreshClock(layout.refreshes),
    log: { info: note, warn: note, error: note },
    stopping,
  }
}

export type Believer = Awaited<ReturnType<typeof aBeliever>>

const someRelease: PublishedRelease = {
  version: '1.0.0',
  releaseId: 're_1',
  sequence: 1,
  bytes: Buffer.from('the till'),
  kind: 'opaque',
  name: 'till',
}

interface PlainClient {
  origin: string
  metadataDir: string
  fetcher: BaseFetcher
}

function plainClientOf({ origin, metadataDir, fetcher }: PlainClient) {
  const base = `${origin}/updates/tuf/till`
  const open = () =>
    new Updater({
      metadataDir,
      metadataBaseUrl: `${base}/metadata`,
      targetDir: metadataDir,
      targetBaseUrl: `${base}/targets`,
      fetcher,
    })
  return {
    async find(path: string) {
      const updater = open()
      await updater.refresh()
      return updater.getTargetInfo(path)
    },
    async download(path: string) {
      const updater = open()
      const target = await updater.getTargetInfo(path)
      if (!target) throw new Error(`There is no target ${path}.`)
      return updater.downloadTarget(target)
    },
  }
}

/** tuf-js with nothing of ours but the token. */
class BearerFetcher extends BaseFetcher {
  session: Agent['session']
  timeoutMs: number
  constructor(session: Agent['session'], timeoutMs: number) {
    super()
    this.session = session
    this.timeoutMs = timeoutMs
  }

  override async fetch(url: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    try {
      const { body } = await this.session.open(url, {}, AbortSignal.timeout(this.timeoutMs))
      return body ?? new ReadableStream()
    } catch (error) {
      const status = error instanceof Error && 'status' in error ? Number(error.status) : 0
      throw new DownloadHTTPError(String(error), status)
    }
  }
}
