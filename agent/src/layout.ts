// Where everything lies below the folder of an installation.
import { join } from 'node:path'
import { makeFolder } from './files.ts'

export interface Layout {
  dir: string
  config: string
  versions: string
  downloads: string
  plain: string
  current: string
  state: string
  identity: string
  journal: string
  stateFile: string
  contact: string
  reports: string
  refusedReports: string
  command: string
  commandLog: string
  tuf: string
  tufWork: string
  refreshes: string
}

export function layoutOf(dir: string): Layout {
  const state = join(dir, 'state')
  return {
    dir,
    config: join(dir, 'agent.json'),
    versions: join(dir, 'versions'),
    downloads: join(dir, 'downloads'),
    plain: join(dir, 'plain'),
    current: join(dir, 'current'),
    state,
    identity: join(state, 'identity.json'),
    journal: join(state, 'journal.json'),
    stateFile: join(state, 'state.json'),
    contact: join(state, 'contact.json'),
    reports: join(state, 'reports'),
    refusedReports: join(state, 'reports-refused'),
    command: join(state, 'command.json'),
    commandLog: join(state, 'command.log'),
    tuf: join(state, 'tuf'),
    tufWork: join(state, 'tuf.work'),
    refreshes: join(state, 'refreshes.json'),
  }
}

export async function makeLayout(layout: Layout): Promise<void> {
  for (const folder of [layout.versions, layout.downloads, layout.plain, layout.reports]) await makeFolder(folder)
}

/** Both parts hold only letters, digits and `._+-` (trust checked them), and a version never holds `_`. */
export function folderOf(version: string, releaseId: string): string {
  return `${version}_${releaseId}`
}

export function versionOfFolder(folder: string): string {
  return folder.split('_', 1)[0] ?? ''
}
