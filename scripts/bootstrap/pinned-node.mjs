// Finds the Node that runs our sources, and fetches it where npm was not let do so.
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runInstaller, seconds } from './installer.mjs'
import { Stop, modules, pinnedMajor, root, say } from './project.mjs'

const pinnedNode = join(modules, 'node', 'bin', 'node')

/** The pinned one; where npm was not let install it, or it does not run here, the one that runs this, if it is of the same major version. */
export function usableNodes() {
  const isSame = process.versions.node.split('.')[0] === pinnedMajor
  return [isRunnable(pinnedNode) && pinnedNode, isSame && process.execPath].filter(Boolean)
}

export function whyRepair() {
  return usableNodes().length > 0 ? undefined : `npm did not run the install script of Node ${pinnedMajor}`
}

/** npm 12 runs no install scripts that are not allowed, and --ignore-scripts none at all; Node comes by one. */
export async function repairNode(why) {
  say(`Fetching Node ${pinnedMajor}: ${why}.`)
  const script = join(modules, 'node', 'installArchSpecificPackage.js')
  const started = Date.now()
  const { code } = existsSync(script) ? await runInstaller(process.execPath, [script], dirname(script)) : { code: 1 }
  if (code !== 0 || whyRepair()) throw new Stop(`Node ${pinnedMajor} could not be fetched. ${howToRepair()}`)
  say(`Fetched in ${seconds(started)} s.`)
}

function howToRepair() {
  return `Run \`npm rebuild node --foreground-scripts\` in ${root}, or install Node ${pinnedMajor} yourself, and run this again.`
}

function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
