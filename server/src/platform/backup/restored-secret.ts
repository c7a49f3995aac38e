// Finds the secret that the keys of a backup are wrapped with; without it a restored Fairway could read none of them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSecrets } from '../secrets.ts'
import type { Verified } from './archive-reader.ts'

interface Wish {
  file: string
  dataDir: string
  givenSecret: string | undefined
}

/** The secret to put into the data folder; undefined where the right one is at hand without that. Throws where none is right. */
export async function chooseSecret(
  { file, dataDir, givenSecret }: Wish,
  { header, secret }: Verified,
): Promise<string | undefined> {
  const isRight = (candidate: string) => createSecrets(candidate).isMac('backup', header.createdAt, header.secretCheck)
  if (givenSecret !== undefined) {
    if (isRight(givenSecret)) return undefined
    throw new Error(secret === undefined ? `${WRONG} ${SET_IT}` : `${WRONG} The backup brings its own: ${howToTakeOut(file)}`)
  }
  if (secret !== undefined) {
    if (isRight(secret)) return secret
    throw new Error(
      `The secret in ${file} is not the one that its keys are wrapped with. Nothing was changed. Use an earlier backup.`,
    )
  }
  const kept = await readFile(join(dataDir, 'secret'), 'utf8').catch(() => '')
  if (isRight(kept.trim())) return undefined
  throw new Error(
    `The backup does not hold the secret that its keys are wrapped with: it was given from outside as FAIRWAY_SECRET. Nothing was changed. ${SET_IT}`,
  )
}

const WRONG = 'FAIRWAY_SECRET is not the one that the keys in this backup are wrapped with. Nothing was changed.'
const SET_IT = 'Set FAIRWAY_SECRET to the value that it had when the backup was taken, then run this again.'
const howToTakeOut = (file: string) =>
  `leave FAIRWAY_SECRET out, or, with a database of your own, set it to what this prints: tar --zstd -xOf '${file}' secret`
