// The tables of trust, as their migration made them.
import type { ColumnType } from 'kysely'

declare module '#platform/db' {
  interface Tables {
    'delivery.repository': {
      id: string
      next_at: Date | null
      lease_until: Date | null
      epoch: ColumnType<number, never, number>
    }
    'delivery.trust_key': {
      product_id: string
      keyid: string
      public_key: string
      private_key: string | null
      created_at: Date
      created_by: string
    }
    'delivery.trust_role': { product_id: string; role: string; keyids: string[]; threshold: number }
    'delivery.trust_document': {
      product_id: string
      role: string
      version: number
      body: string
      expires_at: Date
      is_complete: boolean
      made_at: Date
    }
  }
}
