// Makes the next patch of a release, in a process of its own, and goes on with the one after it.
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { actorLabel, SYSTEM } from '#identity'
import { announce } from '#platform/events'
import { keepContent } from '../artifacts/keep-content.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { PatchAnswer } from './patch-program.ts'
import {
  beginNext,
  isPublished,
  type NextPatch,
  saveFailure,
  saveMade,
  saveUnmade,
  spentCpuMs,
  type StoredSide,
} from './patch-store.ts'
import { runPatchProgram } from './run-patch-program.ts'
import { type PatchSettings, settingsFor } from './table-sizes.ts'

export interface MakeDeps extends Pick<DeliveryDeps, 'db' | 'clock' | 'log' | 'jobs' | 'contents'> {
  /** Where files lie while a patch is made; on the disk of the store. */
  workDir: string
  limits?: MakeLimits
}

export interface MakeLimits {
  cpuMsPerRelease: number
  memoryBytes: number
}

const LIMITS: MakeLimits = { cpuMsPerRelease: 600_000, memoryBytes: 2 * 2 ** 30 }
/** Of the file: a patch that saves less is not worth a place in the store. */
const USEFUL_PART = 0.7
const LOOK_AGAIN_MS = 1000

/** One patch; the next one is another job, so that each is tried again by itself. */
export async function makeNextPatch(deps: MakeDeps, releaseId: string) {
  const { db, jobs, log } = deps
  const next = await beginNext(db, releaseId)
  if (!next) return
  try {
    await makePatch(deps, next)
  } catch (error) {
    log.warn({ err: error, releaseId, artifactId: next.artifactId }, 'a patch could not be made; it is tried three times')
    await saveFailure(db, next, error instanceof Error ? error.message : String(error))
  }
  await db.transaction().execute((tx) => jobs.send(tx, 'make-patches', { releaseId }))
}

async function makePatch(deps: MakeDeps, next: NextPatch) {
  const { db, limits = LIMITS, workDir } = deps
  if ((await spentCpuMs(db, next.releaseId)) >= limits.cpuMsPerRelease)
    return saveUnmade(db, next, { state: 'useless', because: 'The time for patches of this release is used up.', cpuMs: 0 })
  const sizes = { dictionary: next.dictionary.plain.size, target: next.target.plain.size }
  const settings = settingsFor(sizes, Math.min(limits.memoryBytes, process.availableMemory() / 2))
  if (!settings)
    return saveUnmade(db, next, { state: 'failed', because: 'There is too little memory for contents of this size.', cpuMs: 0 })
  await mkdir(workDir, { recursive: true })
  const folder = await mkdtemp(join(workDir, 'patch-'))
  try {
    await makeIn(folder, deps, { next, settings })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeIn(folder: string, deps: MakeDeps, { next, settings }: { next: NextPatch; settings: PatchSettings }) {
  const { db, contents } = deps
  const side = async (stored: StoredSide, name: string) => {
    const file = join(folder, name)
    await pipeline(await contents.open(stored.sha256), createWriteStream(file))
    return { file, kind: stored.kind, plain: stored.plain }
  }
  const [dictionary, target] = [await side(next.dictionary, 'old'), await side(next.target, 'new')]
  const out = join(folder, 'patch')
  const uselessFromBytes = Math.ceil(next.target.size * USEFUL_PART)
  const answer = await whilePublished(deps, next.releaseId, (signal) =>
    runPatchProgram({ dictionary, target, out, settings, uselessFromBytes }, signal),
  )
  if (answer.kind === 'made') return keepPatch(deps, next, { file: out, answer })
  return saveUnmade(db, next, { state: 'useless', because: 'It would save too little.', cpuMs: answer.cpuMs })
}

type Made = Extract<PatchAnswer, { kind: 'made' }>

async function keepPatch(deps: MakeDeps, next: NextPatch, { file, answer }: { file: string; answer: Made }) {
  const { sha256, size, cpuMs } = answer
  const { releaseId, productId, version, artifactId, dictionarySha256 } = next
  const at = deps.clock.now()
  await keepContent(deps, { file, content: { sha256, size } }, async (tx) => {
    await saveMade(tx, next, { contentSha256: sha256, size, cpuMs, at })
    await announce(tx, {
      name: 'delivery.patch_made',
      subject: releaseId,
      actor: actorLabel(SYSTEM),
      occurredAt: at,
      body: { productId, releaseId, version, artifactId, dictionarySha256, size },
    })
  })
}

/** Nobody needs a patch to a withdrawn release: the work is ended at once. */
async function whilePublished<Result>({ db }: MakeDeps, releaseId: string, work: (signal: AbortSignal) => Promise<Result>) {
  const withdrawn = new AbortController()
  const timer = setInterval(() => {
    isPublished(db, releaseId).then(
      (is) => is || withdrawn.abort(new Error('The release was withdrawn.')),
      // The database is away: the work itself goes on.
      () => undefined,
    )
  }, LOOK_AGAIN_MS)
  try {
    return await work(withdrawn.signal)
  } finally {
    clearInterval(timer)
  }
}
