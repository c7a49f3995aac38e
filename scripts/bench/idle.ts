// Memory while nothing happens: proportional set size (PSS), so that what PostgreSQL's processes share counts once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

export async function measureIdle({ folder, pid }: Stage, minutes: number): Promise<Figure[]> {
  await new Promise((resolve) => setTimeout(resolve, minutes * 60_000))
  const postmaster = Number(readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const [server, postgres] = [pssOf([pid]), pssOf(treeOf(postmaster))]
  const when = `idle ${minutes} min, 1,000 installations`
  return [
    { name: `memory of the server (${when})`, value: server, unit: 'MB PSS' },
    { name: `memory of PostgreSQL (${when})`, value: postgres, unit: 'MB PSS' },
    { name: 'memory of both, aim at most 250', value: server + postgres, unit: 'MB PSS' },
  ]
}

function pssOf(pids: number[]) {
  const kilobytes = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0))
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024
}

function treeOf(root: number): number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const children = pids.filter((pid) => parentOf(pid) === root)
  return [root, ...children.flatMap(treeOf)]
}

function parentOf(pid: number) {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    )
  } catch {
    // It ended while we looked.
    return undefined
  }
}
