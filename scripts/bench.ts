// Measures what we promise, beside a yardstick in the same run: `npm run bench`, a table; `-- deltas`, only what updates weigh; `-- updates`, only the poll path; `-- --json`, one object for machines.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { measureCheckIns } from './bench/check-ins.ts'
import { measureDeltas } from './bench/deltas.ts'
import { type Figure, table } from './bench/figure.ts'
import { measureGrowth } from './bench/growth.ts'
import { measureIdle } from './bench/idle.ts'
import { openStage } from './bench/stage.ts'
import { measureStart } from './bench/start.ts'
import { measureUpdates } from './bench/updates.ts'
import { measureUpload } from './bench/upload.ts'
import { measureWrites } from './bench/writes.ts'

const isForMachines = process.argv.includes('--json')
const idleMinutes = Number(process.argv.find((one) => one.startsWith('--idle-minutes='))?.split('=')[1] ?? 0.25)
const say = (line: string) => console.error(line)

const folder = mkdtempSync(join(tmpdir(), 'fairway-bench-'))
const figures: Figure[] = []
try {
  if (process.argv.includes('deltas')) figures.push(...(await measureDeltas(folder, say)))
  else if (process.argv.includes('updates')) figures.push(...(await measureUpdates(folder, say)))
  else await measureServer()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`
console.log(isForMachines ? JSON.stringify({ machine, figures }) : `${machine}\n\n${table(figures)}`)

async function measureServer() {
  say('Starting Fairway twice …')
  figures.push(...(await measureStart(folder)))
  const stage = await openStage(folder)
  try {
    say(`Idle memory, after ${idleMinutes} minutes …`)
    figures.push(...(await measureIdle(stage, idleMinutes)))
    say('Check-ins beside a bare node:http …')
    figures.push(...(await measureCheckIns(stage)))
    say('Writes …')
    figures.push(...(await measureWrites(stage)))
    say('An upload of 1 GiB …')
    figures.push(...(await measureUpload(stage)))
    say('Growth …')
    figures.push(...(await measureGrowth(stage)))
  } finally {
    await stage.close()
  }
}
