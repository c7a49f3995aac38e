// The tables of delivery, as its migrations made them.
import type { ColumnType } from 'kysely'

type Json<Type> = ColumnType<Type, string, string>

declare module '#platform/db' {
  interface Tables {
    'delivery.product': {
      id: string
      name: string
      is_public: boolean
      manifest_public_key: string
      manifest_private_key: string
      bake_seconds: number
      last_sequence: ColumnType<number, never, number>
      created_at: Date
    }
    'delivery.channel': { product_id: string; name: string; created_at: Date }
    'delivery.entitlement': { organisation_id: string; product_id: string; channel: string; created_at: Date }
    'delivery.release': {
      id: string
      product_id: string
      version: string
      state: 'draft' | 'published' | 'withdrawn'
      sequence: number | null
      notes: string
      fixes: string[]
      manifest: Json<unknown> | null
      created_by: string
      created_at: Date
      published_at: Date | null
      published_by: string | null
      withdrawn_at: Date | null
      withdrawn_reason: string | null
    }
    'delivery.artifact': {
      id: string
      release_id: string
      platform: string
      arch: string
      name: string
      kind: 'tar.gz' | 'tar.zst' | 'zip' | 'opaque'
      size: ColumnType<string, number, never>
      sha256: string
      sha512: string
      created_at: Date
    }
    'delivery.rollout': {
      id: string
      product_id: string
      channel: string
      release_id: string
      salt: string
      state: 'running' | 'paused' | 'halted' | 'complete'
      steps: Json<unknown>
      step: number
      silent_after_seconds: number
      because: string
      reason: Json<unknown> | null
      created_by: string
      tally: Json<unknown>
      started_at: Date
      listened_since: Date
      ended_at: Date | null
      ended_by: string | null
      next_at: Date | null
      lease_until: Date | null
      epoch: ColumnType<number, never, number>
    }
  }
}
