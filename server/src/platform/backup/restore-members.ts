// Walks through a backup a second time and brings each member to its place: rows into tables, files into the data folder.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type OpenMember, readMembers, type Verified } from './archive-reader.ts'
import { quote, quoted } from './catalog-store.ts'
import type { FileKind } from './file-kind.ts'
import { damaged, folderOf, fullName, type Header, JOBS, type Manifest, type Member } from './format.ts'
import { COPY_ORDERS } from './jobs-store.ts'
import { createProgress, type Output } from './progress.ts'
import { placeOf, restoreFile, syncFolders } from './restore-files.ts'

interface Wish {
  file: string
  dataDir: string
  files: FileKind[]
  out: Output
  signal: AbortSignal
}

/** Where the pieces of one folder of the archive go. */
interface Target {
  name: string
  sql: string
}

export async function copyMembers(wish: Wish, client: Client, { header, manifest }: Verified): Promise<{ files: number }> {
  const { file, dataDir, signal } = wish
  const progress = createProgress(wish.out, 'restoring', (await stat(file)).size)
  const expected = new Map(manifest.members.map((member) => [member.name, member]))
  const rows = receiveRows({ client, file, targets: targetsOf(header), manifest })
  const paths: string[] = []
  for await (const member of readMembers(file, { onRead: progress.add, signal })) {
    const place = placeOf(member.name, wish.files)
    const listed = expected.get(member.name)
    if (place && listed) {
      const target = join(dataDir, place.path)
      await restoreFile(target, member, listed)
      await place.elsewhere?.bring(target, listed)
      paths.push(target)
    } else await rows.take(member, listed)
  }
  await rows.end()
  await syncFolders(paths)
  progress.end()
  return { files: paths.length }
}

function targetsOf({ tables }: Header): Map<string, Target> {
  const targets = tables.map((table): [string, Target] => [
    folderOf(table),
    { name: fullName(table), sql: `copy ${quoted(table)} (${table.columns.map(quote).join(', ')}) from stdin` },
  ])
  return new Map([...targets, [JOBS, { name: JOBS, sql: COPY_ORDERS }]])
}

interface Receiving {
  client: Client
  file: string
  targets: Map<string, Target>
  manifest: Manifest
}

/** The pieces of a table stand one behind the other and become one COPY. */
function receiveRows({ client, file, targets, manifest }: Receiving) {
  const got = new Map<string, number>()
  let current: { target: Target; copy: Copy } | undefined

  async function endCurrent() {
    if (current) got.set(current.target.name, await current.copy.end())
    current = undefined
  }

  return {
    async take({ name, bytes }: OpenMember, listed: Member | undefined) {
      const target = targets.get(name.slice(0, name.lastIndexOf('/')))
      if (target !== current?.target) await endCurrent()
      if (target && !current) current = { target, copy: startCopy(client, target.sql) }
      const digest = createHash('sha256')
      for await (const chunk of bytes) {
        digest.update(chunk)
        await current?.copy.write(chunk)
      }
      if (target && digest.digest('hex') !== listed?.sha256) throw damaged(file, `${name} was changed while it was read`)
    },
    async end() {
      await endCurrent()
      for (const [name, rows] of Object.entries(manifest.rows))
        if ((got.get(name) ?? 0) !== rows) throw damaged(file, `${name} has ${got.get(name) ?? 0} rows and should have ${rows}`)
    },
  }
}

type Copy = ReturnType<typeof startCopy>

function startCopy(client: Client, sql: string) {
  const stream = client.query(copyFrom(sql))
  const ended = finished(stream)
  ended.catch(() => undefined)
  return {
    async write(chunk: Buffer) {
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended])
    },
    async end() {
      stream.end()
      await ended
      return stream.rowCount
    },
  }
}
