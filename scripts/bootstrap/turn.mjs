// Lets only one process install at a time.
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop, root, say } from './project.mjs'

const turn = join(root, '.installing')
const BEAT_MS = 1_000
const ABANDONED_MS = 60_000

/** Only one process installs: two `npm ci` would remove each other's files. The others wait and then find all in place. */
export async function inTurn(work) {
  let waiting = false
  while (!takeTurn()) {
    if (!waiting)
      say(`Another Fairway (pid ${readTurn()}) installs the dependencies; waiting for it. If that is not so, remove ${turn}.`)
    waiting = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const beat = setInterval(() => existsSync(turn) && utimesSync(turn, new Date(), new Date()), BEAT_MS)
  try {
    await work()
  } finally {
    clearInterval(beat)
    rmSync(turn, { force: true })
  }
}

function takeTurn() {
  try {
    removeAbandonedTurn()
    writeFileSync(turn, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    // Taken, or just moved away by another that waits.
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false
    throw new Stop(
      `Fairway cannot install its dependencies in ${root} (${error.code}). Run it once as the account that owns that folder, and see that its disk is not full.`,
    )
  }
}

/** Left by one that was killed. A pid may be used again by something else, hence the beat. */
function removeAbandonedTurn() {
  const pid = readTurn()
  if (pid === undefined || (isAlive(pid) && Date.now() - statSync(turn).mtimeMs < ABANDONED_MS)) return
  // Moved before it is judged: of several that wait, one gets it, and it may be another file by now.
  const aside = `${turn}.${process.pid}`
  renameSync(turn, aside)
  const isOther = Number(readFileSync(aside, 'utf8')) !== pid
  if (isOther && !existsSync(turn)) renameSync(aside, turn)
  else rmSync(aside)
}

/** 0 while it is being written. */
function readTurn() {
  try {
    return Number(readFileSync(turn, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  if (pid === 0) return true
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
