// Opens the store of contents that the configuration names.
import { join } from 'node:path'
import type { Config } from '#platform/config'
import type { Log } from '#platform/log'
import type { ContentStore } from './content-store.ts'
import { createDiskContents } from './disk-contents.ts'

/** Throws a sentence for a person where the store refuses us. */
export async function openContents({ dataDir, storage }: Pick<Config, 'dataDir' | 'storage'>, log: Log): Promise<ContentStore> {
  if (!storage) return createDiskContents(join(dataDir, 'artifacts'))
  // Loaded only here: the library of S3 takes time and memory that nobody else should pay for.
  const { createS3Contents } = await import('./s3-contents.ts')
  const { checkS3 } = await import('./check-s3.ts')
  const opened = createS3Contents(storage, log)
  await checkS3(opened)
  return opened.contents
}
