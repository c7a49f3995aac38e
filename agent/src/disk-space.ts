// Whether an update fits on the disk, asked before the first byte is fetched.
import { statfs } from 'node:fs/promises'
import type { ArtifactKind, PlainContent } from '@fairway/trust'

export const marginBytes = 64 * 1024 * 1024

/** An archive needs room for itself and for what comes out of it: of a tar that is signed too, of others three times their size is guessed. */
export function bytesNeeded({ kind, size, plain }: { kind: ArtifactKind; size: number; plain?: PlainContent }): number {
  if (kind === 'opaque') return size * 2 + marginBytes
  const inside = kind === 'zip' || !plain ? size * 2 : plain.size
  return size + inside + marginBytes
}

/** Free for us, without what the system keeps for root. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}
