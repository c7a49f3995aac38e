// Whether an update fits on the disk, asked before the first byte is fetched.
import { statfs } from 'node:fs/promises'
import type { ArtifactKind } from '@fairway/trust'

const marginBytes = 64 * 1024 * 1024

/** An archive needs room for itself and for what comes out of it, which nobody knows before: three times its size in all. */
export function bytesNeeded({ kind, size }: { kind: ArtifactKind; size: number }): number {
  return size * (kind === 'opaque' ? 2 : 3) + marginBytes
}

/** Free for us, without what the system keeps for root. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}
