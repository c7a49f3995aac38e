// The tables of the platform, as its migrations made them.
import type { ColumnType, Generated } from 'kysely'

/** `xid8` arrives as text; it is compared only inside PostgreSQL. */
type Xid8 = ColumnType<string, never, never>

declare module './db.ts' {
  interface Tables {
    'platform.event': {
      epoch: Generated<number>
      tx: Generated<Xid8>
      id: Generated<string>
      event_id: string
      name: string
      subject: string
      actor: string
      organisation_id: string | null
      occurred_at: Date
      body: ColumnType<unknown, string, never>
    }
    'platform.reaction': {
      name: string
      epoch: number
      tx: string
      id: string
      lease_owner: string | null
      lease_until: Date | null
    }
    'platform.reaction_backlog': {
      reaction: string
      event_id: string
      subject: string
      epoch: number
      tx: string
      id: string
      state: 'waiting' | 'parked'
      attempts: Generated<number>
      next_at: Date
      last_error: string | null
    }
    'platform.idempotency': {
      caller: string
      route: string
      key: string
      request_sha256: string
      process: string
      status: number | null
      body: string | null
      created_at: Generated<Date>
    }
    'platform.mail': {
      id: string
      recipient: string
      subject: string
      content: string | null
      state: 'waiting' | 'sent' | 'failed' | 'kept'
      attempts: Generated<number>
      last_error: string | null
      created_at: Generated<Date>
      sent_at: Date | null
    }
  }
}
