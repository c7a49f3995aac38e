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
      minimum_version: string | null
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
      plain_sha256: string | null
      /** bigint: arrives as text. */
      plain_size: ColumnType<string | null, number | null, never>
      created_at: Date
    }
    'delivery.patch': {
      artifact_id: string
      dictionary_sha256: string
      target_sha256: string
      state: 'wanted' | 'made' | 'useless' | 'failed'
      uses: number
      attempts: ColumnType<number, never, number>
      content_sha256: ColumnType<string | null, never, string>
      size: ColumnType<string | null, never, number>
      cpu_ms: ColumnType<number, never, number>
      wanted_at: Date
      made_at: ColumnType<Date | null, never, Date>
      because: ColumnType<string | null, never, string>
    }
    'delivery.content': {
      sha256: string
      size: ColumnType<string, number, never>
      held_until: Date
      going_until: Date | null
    }
    'delivery.rollback': {
      rollout_id: string
      product_id: string
      channel: string
      from_release_id: string
      to_release_id: string
      ordered_at: Date
      ordered_by: string
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
