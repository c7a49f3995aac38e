// What a backup file holds: a tar archive, compressed by zstd, of the members that are named here (docs/backup.md).
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'

/** Grows when an older Fairway could no longer read it. */
export const FORMAT = 1

/** The first member: what this is, and all that must be known before the first row. */
export const HEADER = 'backup.json'
/** The last member: what every other one must be. A file without it is not whole. */
export const MANIFEST = 'manifest.json'
export const SECRET = 'secret'
export const JOBS = 'jobs'
export const FILES = 'files'

const Name = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$' })

const HeaderSchema = Type.Object({
  product: Type.Literal('fairway'),
  format: Type.Literal(FORMAT),
  /** The version of Fairway that made it. */
  fairway: Type.String(),
  postgres: Type.String(),
  createdAt: Type.String(),
  /** Whether FAIRWAY_SECRET is a member; it is where Fairway made it itself. */
  hasSecret: Type.Boolean(),
  /** Tells whether a secret is the one that the keys in the tables are wrapped with. */
  secretCheck: Type.String(),
  migrations: Type.Array(
    Type.Object({
      name: Type.String({ pattern: '^[0-9A-Za-z-]+\\.sql$' }),
      checksum: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
  ),
  tables: Type.Array(Type.Object({ schema: Name, name: Name, columns: Type.Array(Name) })),
  sequences: Type.Array(
    Type.Object({ schema: Name, name: Name, lastValue: Type.String({ pattern: '^-?[0-9]{1,19}$' }), isCalled: Type.Boolean() }),
  ),
})

const ManifestSchema = Type.Object({
  members: Type.Array(
    Type.Object({ name: Type.String(), size: Type.Integer({ minimum: 0 }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  ),
  /** Rows of each table by `schema.table`, and of the waiting jobs. */
  rows: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
})

export type Header = Static<typeof HeaderSchema>
export type Manifest = Static<typeof ManifestSchema>
export type Member = Manifest['members'][number]
export type TableName = Pick<Header['tables'][number], 'schema' | 'name'>

export const fullName = ({ schema, name }: TableName) => `${schema}.${name}`
export const folderOf = (table: TableName) => `tables/${fullName(table)}`

/** Rows travel in pieces: their size is not known before, and tar wants it before. Joined in order they are one COPY. */
export const pieceName = (folder: string, number: number) => `${folder}/${String(number).padStart(6, '0')}.copy`

const readsAs = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function readHeader(file: string, text: string): Header {
  const header = readsAs(text)
  const { product, format, fairway } = (header ?? {}) as Partial<Record<keyof Header, unknown>>
  if (product !== 'fairway') throw notABackup(file)
  if (format !== FORMAT)
    throw new Error(
      `${file} has format ${String(format)}, which this Fairway cannot read. Restore it with the Fairway that made it (${String(fairway)}) or a later one.`,
    )
  if (!Check(HeaderSchema, header)) throw damaged(file, 'its description cannot be read')
  return header
}

export function readManifest(file: string, text: string): Manifest {
  const manifest = readsAs(text)
  if (!Check(ManifestSchema, manifest)) throw damaged(file, 'its list of contents cannot be read')
  return manifest
}

export function notABackup(file: string) {
  return new Error(`${file} is not a backup of Fairway. Nothing was changed.`)
}

export function damaged(file: string, how: string, cause?: unknown) {
  return new Error(`${file} is damaged: ${how}. Nothing was changed. Use another copy of it, or an earlier backup.`, { cause })
}
