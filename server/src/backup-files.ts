// Which files a backup holds beside the rows, and where they are kept.
import { rm } from 'node:fs/promises'
import type { FileKind } from '#platform/backup/file-kind'
import type { Config } from '#platform/config'

/** As delivery/artifacts/disk-contents.ts and platform/file-store.ts lay them there. Uploads under way have no row yet; patches are made again. */
const ARTIFACTS: FileKind = {
  select: `select distinct 'artifacts/sha256/' || left(sha256, 2) || '/' || sha256 as path, size::text as size, sha256 from delivery.artifact order by 1`,
  path: /^artifacts\/sha256\/[0-9a-f]{2}\/[0-9a-f]{64}$/,
}
const ATTACHMENTS: FileKind = {
  select: `select 'attachments/kept/' || id as path, size::text as size, sha256 from portal.attachment order by 1`,
  path: /^attachments\/kept\/[a-z]{1,8}_[a-z0-9]{16}$/,
}

export async function fileKinds(config: Config): Promise<FileKind[]> {
  if (!config.storage) return [ARTIFACTS, ATTACHMENTS]
  // Delivery is much to load for a command that seldom needs it.
  const { openContents } = await import('#delivery')
  const say = (_fields: unknown, message?: string) => console.error(message)
  const contents = await openContents(config, { info: () => undefined, warn: say, error: say })
  const { bucket, prefix } = config.storage
  return [
    {
      ...ARTIFACTS,
      elsewhere: {
        source: ({ sha256 }) => ({
          place: `s3://${bucket}/${prefix}sha256/${sha256.slice(0, 2)}/${sha256}`,
          open: async () => ((await contents.has(sha256)) ? contents.open(sha256) : undefined),
        }),
        async bring(file, content) {
          await contents.take(file, content)
          await rm(file)
        },
      },
    },
    ATTACHMENTS,
  ]
}
