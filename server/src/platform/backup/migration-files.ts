// The migrations of this Fairway, and which of them a backup was taken after.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Header } from './format.ts'

export interface Sql {
  name: string
  sql: string
}

/** All of them; or, of a backup, those that made its schema: throws where this Fairway does not have one as it was. */
export function findMigrations({ migrationsDir }: { migrationsDir: string }, header?: Header): Sql[] {
  const names = readdirSync(migrationsDir).filter((name) => name.endsWith('.sql'))
  const all = names.sort().map((name) => ({ name, sql: readFileSync(join(migrationsDir, name), 'utf8') }))
  if (!header) return all
  const unknown = header.migrations.filter(({ name }) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(
      `The backup was made by a newer Fairway (${header.fairway}): it has ${unknown.map(({ name }) => name).join(', ')}, which this version does not know. Nothing was changed. Restore it with that version.`,
    )
  return header.migrations.map(({ name, checksum }) => {
    // Looked for above.
    const found = all.find((one) => one.name === name)!
    if (createHash('sha256').update(found.sql).digest('hex') !== checksum)
      throw new Error(
        `The migration ${name} of this Fairway is not the one that the backup was taken after. Nothing was changed. Put the released file back.`,
      )
    return found
  })
}
