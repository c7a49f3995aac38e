// Before and after the rows: the empty schema that they go into, and what only they make possible.
import type { Client } from 'pg'
import { newId } from '../ids.ts'
import type { Header } from './format.ts'
import { giveOrders, prepareOrders } from './jobs-store.ts'
import type { Sql } from './migration-files.ts'
import {
  addForeignKeys,
  dropForeignKeys,
  emptyTables,
  type ForeignKey,
  freeLeases,
  openEpoch,
  recreateSchema,
  refuseOtherTables,
  setSequences,
} from './restore-store.ts'

interface Preparation {
  header: Header
  migrations: Sql[]
  /** Of every module that this Fairway knows; what is in them goes. */
  schemas: string[]
}

export async function prepareTables(client: Client, { header, migrations, schemas }: Preparation): Promise<ForeignKey[]> {
  await recreateSchema(client, migrations, schemas)
  await refuseOtherTables(client, header)
  const keys = await dropForeignKeys(client, schemas)
  await emptyTables(client, header.tables)
  await prepareOrders(client)
  return keys
}

interface Completion {
  header: Header
  keys: ForeignKey[]
  connectionString: string
  afterwards: string[]
}

export async function completeTables(client: Client, { header, keys, connectionString, afterwards }: Completion) {
  await setSequences(client, header.sequences)
  await addForeignKeys(client, keys)
  await freeLeases(client)
  await openEpoch(client, header.createdAt, newId('ev'))
  for (const sql of afterwards) await client.query(sql)
  await giveOrders(client, connectionString)
}
