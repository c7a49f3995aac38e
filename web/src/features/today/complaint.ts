// Which report of an installation tells what is wrong with it.
import type { Schemas } from '#api'

type Report = Schemas['InstallationReport']

/** Newest first; what it told before it was healthy again does not count. */
export function complaintOf(reports: Report[]) {
  const bad = reports.find(({ kind }) => kind !== 'downloaded' && kind !== 'installed')
  return bad && bad.kind !== 'healthy' ? bad : undefined
}
