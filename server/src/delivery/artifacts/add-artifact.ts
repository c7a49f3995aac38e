// Makes a finished upload an artifact of a draft, after reading every byte of it.
import { type Actor, actorLabel } from '#identity'
import { isUniqueViolation } from '#platform/db'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId } from '#platform/ids'
import { learnPlain } from '../deltas/plain-content.ts'
import type { DeliveryDeps } from '../deps.ts'
import type { Release } from '../releases/release.ts'
import { mayChangeReleases } from '../releases/release-policy.ts'
import { findRelease, lockRelease } from '../releases/release-store.ts'
import { type Artifact, kindOfName } from './artifact.ts'
import { addArtifact as insertArtifact, removeArtifact as deleteArtifact } from './artifact-store.ts'
import { holdContent } from './content-ledger-store.ts'
import { heldUntil, keepContent } from './keep-content.ts'
import type { Uploads } from './uploads.ts'

export interface ArtifactDeps extends Pick<DeliveryDeps, 'db' | 'clock' | 'contents'> {
  uploads: Uploads
}

export interface NewArtifact {
  releaseId: string
  uploadId: string
  platform: string
  arch: string
  name: string
  kind?: Artifact['kind'] | undefined
  /** What the sender computed, hex; a difference is refused. */
  sha256?: string | undefined
}

export async function addArtifact(deps: ArtifactDeps, actor: Actor, wish: NewArtifact): Promise<Artifact> {
  if (!mayChangeReleases(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers and administrators may change releases.')
  const release = await findRelease(deps.db, wish.releaseId)
  if (!release) throw new Refusal('not_found', 'release.unknown', `There is no release ${wish.releaseId}.`)
  if (release.state !== 'draft') throw notADraft(release)
  const { file, content } = await readUpload(deps, actor, wish)
  const { releaseId, platform, arch, name } = wish
  const kind = wish.kind ?? kindOfName(name)
  const plain = (await learnPlain(file, { kind, ...content })) ?? null
  const artifact = { id: newId('ar'), releaseId, platform, arch, name, kind, ...content, plain }
  await keepArtifact(deps, actor, { file, artifact })
  await deps.uploads.forget(wish.uploadId)
  return artifact
}

/** Reads every byte of the upload. */
async function readUpload({ contents, uploads }: ArtifactDeps, actor: Actor, { uploadId, sha256 }: NewArtifact) {
  const upload = await uploads.findFinished(actorLabel(actor), uploadId)
  if (!upload) throw new Refusal('not_found', 'upload.not_finished', `There is no finished upload ${uploadId} of yours.`)
  const content = await contents.digest(upload.file)
  if (sha256 !== undefined && sha256 !== content.sha256) {
    throw invalidField(
      '/sha256',
      'artifact.digest_differs',
      `The digest does not match: the file has ${content.sha256}, you said ${sha256}. Upload the file again.`,
    )
  }
  return { file: upload.file, content }
}

/** Its bytes first; harmless where the artifact is refused afterwards. */
async function keepArtifact(deps: ArtifactDeps, actor: Actor, { file, artifact }: { file: string; artifact: Artifact }) {
  const { clock } = deps
  try {
    await keepContent(deps, { file, content: artifact }, async (tx) => {
      const release = await lockRelease(tx, artifact.releaseId)
      if (release.state !== 'draft') throw notADraft(release)
      await insertArtifact(tx, artifact, clock.now())
      await announce(tx, {
        name: 'delivery.artifact_added',
        subject: release.id,
        actor: actorLabel(actor),
        occurredAt: clock.now(),
        body: {
          productId: release.productId,
          releaseId: release.id,
          version: release.version,
          artifactId: artifact.id,
          sha256: artifact.sha256,
        },
      })
    })
  } catch (error) {
    if (
      isUniqueViolation(error, 'artifact_release_id_platform_arch_key') ||
      isUniqueViolation(error, 'artifact_release_id_name_key')
    ) {
      throw new Refusal(
        'conflict',
        'artifact.exists',
        `The release has a file for ${artifact.platform}/${artifact.arch}, or one named ${artifact.name}, already.`,
      )
    }
    throw error
  }
}

/** Takes a file out of a draft again; its bytes stay for a day, and for as long as anything else refers to them. */
export async function removeArtifact(
  { db, clock }: Pick<DeliveryDeps, 'db' | 'clock'>,
  actor: Actor,
  { releaseId, artifactId }: { releaseId: string; artifactId: string },
) {
  if (!mayChangeReleases(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers and administrators may change releases.')
  if (!(await findRelease(db, releaseId))) throw new Refusal('not_found', 'release.unknown', `There is no release ${releaseId}.`)

  await db.transaction().execute(async (tx) => {
    const release = await lockRelease(tx, releaseId)
    if (release.state !== 'draft') throw notADraft(release)
    const removed = await deleteArtifact(tx, releaseId, artifactId)
    if (!removed) throw new Refusal('not_found', 'artifact.unknown', `There is no artifact ${artifactId} in ${release.version}.`)
    // A download or a backup may have begun while it was there.
    await holdContent(tx, removed.sha256, heldUntil(clock))
  })
}

function notADraft({ version, state }: Pick<Release, 'version' | 'state'>) {
  return new Refusal('conflict', 'release.not_a_draft', `${version} is ${state}: its artifacts cannot change any more.`)
}
