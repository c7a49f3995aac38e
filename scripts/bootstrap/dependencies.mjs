// Installs the dependencies if they are not those of package-lock.json.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import { runNpm, seconds } from './installer.mjs'
import { Stop, modules, root, say } from './project.mjs'

const lockfile = join(root, 'package-lock.json')
const written = join(modules, '.package-lock.json')
const stamp = join(modules, '.fairway-installed')

export function whyInstall() {
  if (!existsSync(written)) return 'there is no complete node_modules yet'
  // By content: a checkout touches times, and whoever ran `npm ci` by hand need not wait again.
  if ((existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfLockfile()) || isInstalled()) return undefined
  return 'package-lock.json is not what was installed last'
}

/** Compares what npm wrote down after installing with what it shall install. */
function isInstalled() {
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  const has = packages(written)
  const wanted = Object.entries(packages(lockfile)).filter(([path]) => path !== '')
  const same = (a, b) => a.version === b.version && a.integrity === b.integrity && a.link === b.link
  return wanted.every(([path, entry]) => (has[path] ? same(entry, has[path]) : entry.optional === true))
}

export async function installAll(why) {
  const started = Date.now()
  say(`Installing dependencies (npm ci): ${why}. This takes about a minute and happens once.`)
  const { code, stoppedBy, error } = await runNpm(
    ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'],
    root,
  )
  if (error)
    throw new Stop(
      `npm could not be started (${error.code}). It comes with Node: install both from https://nodejs.org and run this again.`,
    )
  if (stoppedBy)
    throw new Stop(
      `The installation was stopped (${stoppedBy}). Run this again to begin it anew.`,
      128 + system.signals[stoppedBy],
    )
  if (code !== 0) {
    throw new Stop(
      `npm ci failed (exit code ${code}); what it said stands above. Mostly the registry cannot be reached (try \`npm ping\`; behind a proxy set HTTPS_PROXY) or the disk is full. Then run this again.`,
      code,
    )
  }
  writeFileSync(stamp, hashOfLockfile())
  say(`Installed in ${seconds(started)} s.`)
}

function hashOfLockfile() {
  return createHash('sha256').update(readFileSync(lockfile)).digest('hex')
}
