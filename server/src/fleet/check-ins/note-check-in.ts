// Compares a check-in with what is known, in memory; only what is new is written, in a batch with others.
import type { GroupCommit } from '#platform/group-commit'
import type { FleetParts } from '../deps.ts'
import type { CheckIn } from '../installation.ts'
import { isNews } from './check-in.ts'
import type { Told } from './hear.ts'
import type { LastSeen } from './last-seen.ts'

interface Parts extends Pick<FleetParts, 'clock' | 'roster'> {
  lastSeen: LastSeen
  writer: GroupCommit<Told>
}

export function createNoteCheckIn({ clock, roster, lastSeen, writer }: Parts) {
  /** What is being written, by installation: the same check-in again need not wait in line twice. */
  const underWay = new Map<string, string>()

  return function noteCheckIn(installationId: string, instance: string, checkIn: CheckIn) {
    const entry = roster.entry(installationId)
    if (!entry) return
    const at = clock.now()
    lastSeen.note(entry, at.getTime())
    // Another run than the one we know of: replaced, or newer than our memory; the row knows.
    const isOtherRun = entry.instance !== instance && !entry.isCopied
    if (!isOtherRun && !isNews(entry.standing, checkIn) && !underWay.has(installationId)) return

    const text = JSON.stringify([instance, checkIn])
    if (underWay.get(installationId) === text) return
    underWay.set(installationId, text)
    const forget = () => {
      if (underWay.get(installationId) === text) underWay.delete(installationId)
    }
    // Where it could not be written, the roster stays as it was and the next check-in is news again; the writer has logged it.
    void writer.save({ kind: 'check-in', installationId, instance, checkIn, at }).then(forget, forget)
  }
}
