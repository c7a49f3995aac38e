// What `release publish` and `release draft` were asked for: options in, one checked wish out.
import { readFile } from 'node:fs/promises'
import { parseReleaseFiles, type ReleaseFile } from '../arguments/release-file.ts'
import { parseDuration } from '../arguments/duration.ts'
import { parseSteps, type PlannedStep } from '../arguments/steps.ts'
import { wrongUsage } from '../failure.ts'

export interface DraftOptions {
  product: string
  version: string
  file?: string[]
  notes?: string
  notesFile?: string
  fixes?: string[]
  minimumVersion?: string
  replace?: boolean
}

export interface RolloutOptions {
  steps?: string
  silentAfter?: string
  watch?: boolean
}

export interface PublishOptions extends DraftOptions, RolloutOptions {
  /** The channel. */
  rollout?: string
}

export interface DraftWish {
  productId: string
  version: string
  files: ReleaseFile[]
  /** Undefined: leave what the draft has. */
  notes: string | undefined
  fixes: string[] | undefined
  /** Said once, when the draft is made. */
  minimumVersion: string | undefined
  replace: boolean
}

export interface RolloutWish {
  channel: string
  steps: PlannedStep[] | undefined
  silentAfterSeconds: number | undefined
  watch: boolean
}

const MAX_NOTES = 20_000

export async function readDraftWish({
  product,
  version,
  file,
  replace,
  minimumVersion,
  ...words
}: DraftOptions): Promise<DraftWish> {
  const files = parseReleaseFiles(file ?? [])
  return { productId: product, version, files, ...(await readWords(words)), minimumVersion, replace: replace ?? false }
}

/** What may change after publication too. */
export async function readWords({ notes, notesFile, fixes }: Pick<DraftOptions, 'notes' | 'notesFile' | 'fixes'>) {
  const strange = fixes?.find((id) => !/^KE-[1-9]\d{0,8}$/.test(id))
  if (strange) throw wrongUsage(`${JSON.stringify(strange)} is no id of a known error.`, 'Write --fixes KE-118,KE-120.')
  return { notes: await readNotes(notes, notesFile), fixes: fixes && [...new Set(fixes)] }
}

/** Undefined: nothing is to be rolled out. */
export function readRolloutWish({ rollout, ...plan }: PublishOptions): RolloutWish | undefined {
  if (rollout !== undefined) return planOf(rollout, plan)
  const lonely = plan.steps ? '--steps' : plan.silentAfter ? '--silent-after' : plan.watch ? '--watch' : undefined
  if (lonely) throw wrongUsage(`${lonely} goes with a rollout.`, 'Add --rollout CHANNEL.')
  return undefined
}

export function planOf(channel: string, { steps, silentAfter, watch }: RolloutOptions): RolloutWish {
  return {
    channel,
    steps: steps === undefined ? undefined : parseSteps(steps),
    silentAfterSeconds: silentAfter === undefined ? undefined : parseDuration(silentAfter, '--silent-after'),
    watch: watch ?? false,
  }
}

async function readNotes(notes: string | undefined, file: string | undefined) {
  if (notes !== undefined && file !== undefined) throw wrongUsage('Give --notes or --notes-file, not both.')
  if (file === undefined) return notes
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongUsage(`We cannot read the notes in ${file}: ${error.code ?? error.message}.`)
  })
  if (text.length > MAX_NOTES)
    throw wrongUsage(
      `${file} has ${text.length} characters; notes have ${MAX_NOTES} at most.`,
      'Give the part that is about this version.',
    )
  return text
}
