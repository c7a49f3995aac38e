// What is inside the compression of an artifact: the bytes between which patches are made.
import { PassThrough } from 'node:stream'
import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import type { ArtifactKind } from '@fairway/trust'

/** `tar`: the plain content of both kinds of compressed tar. */
export type FileKind = ArtifactKind | 'tar'

/** The window of a frame is memory that its author chooses: 2^27 is what zstd itself allows without asking. */
const windowLogMax = 27

export function createDecompressor(kind: FileKind) {
  if (kind === 'tar.gz') return createGunzip()
  if (kind === 'tar.zst') return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: windowLogMax } })
  return new PassThrough()
}

/** Any other kind is its own content. */
export function plainKindOf(kind: ArtifactKind): FileKind {
  return kind === 'tar.gz' || kind === 'tar.zst' ? 'tar' : kind
}
