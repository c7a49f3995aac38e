// The tables of fleet, as its migrations made them.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Health, InstallationState, OutcomeKind, ReportKind } from './installation.ts'

declare module '#platform/db' {
  interface Tables {
    'fleet.installation': {
      id: string
      organisation_id: string
      product_id: string
      channel: string
      name: string
      platform: string
      arch: string
      public_key: string
      state: InstallationState
      version: string | null
      release_id: string | null
      health: Health
      healthy_since: Date | null
      refused_release_ids: Generated<string[]>
      instance: string | null
      instance_since: Date | null
      superseded_instances: Generated<string[]>
      copied_at: Date | null
      enrolled_at: Date
      last_seen_at: Date | null
      revision: Generated<number>
      /** In the time of PostgreSQL, which all processes share. */
      updated_at: Generated<Date>
    }
    'fleet.enrolment': {
      id: string
      secret_sha256: string
      organisation_id: string
      product_id: string
      channel: string
      name: string
      created_by: string
      created_at: Date
      expires_at: Date
      public_key: string | null
      installation_id: string | null
    }
    'fleet.used_nonce': {
      id: string
      expires_at: Date
    }
    'fleet.report': {
      installation_id: string
      report_id: string
      /** bigint: arrives as text. */
      position: GeneratedAlways<string>
      release_id: string
      kind: ReportKind
      version: string | null
      reason: string | null
      received_at: Date
    }
    'fleet.outcome': {
      installation_id: string
      release_id: string
      kind: OutcomeKind
      offered_at: ColumnType<Date, Date, never>
      at: Date
      reason: string | null
      /** bigint: arrives as text. */
      fetched_bytes: ColumnType<string | null, number | null, never>
      fetched_how: 'patch' | 'whole' | null
    }
  }
}
