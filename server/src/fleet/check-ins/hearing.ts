// Assembles what listens to installations: one writer for all they tell, and one memory of when they were heard.
import { createGroupCommit } from '#platform/group-commit'
import type { FleetParts } from '../deps.ts'
import type { Report } from '../installation.ts'
import { saveLastSeen } from '../installations/installation-store.ts'
import type { Told } from './hear.ts'
import { createLastSeen } from './last-seen.ts'
import { createNoteCheckIn } from './note-check-in.ts'
import { noteOffer } from './note-offer.ts'
import { writeTold } from './write-told.ts'

export function createHearing({ db, clock, log, roster }: Pick<FleetParts, 'db' | 'clock' | 'log' | 'roster'>) {
  const lastSeen = createLastSeen({ log, save: (seen) => saveLastSeen(db, seen) })
  const writer = createGroupCommit<Told>({ name: 'fleet', log, write: (batch) => writeTold({ db, roster }, batch) })

  return {
    start: lastSeen.start,
    async stop() {
      await writer.drained()
      await lastSeen.stop()
    },
    noteCheckIn: createNoteCheckIn({ clock, roster, lastSeen, writer }),
    noteOffer: (installationId: string, releaseId: string) => noteOffer({ clock, roster, writer }, installationId, releaseId),
    async saveReports(installationId: string, reports: Report[]) {
      if (reports.length > 0) await writer.save({ kind: 'reports', installationId, reports, at: clock.now() })
    },
  }
}
