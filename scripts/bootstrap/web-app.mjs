// Builds the web app where it is not the one of the sources: as sources they are for the server, but not for browsers.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from './child.mjs'
import { seconds } from './installer.mjs'
import { modules, root, say, Stop } from './project.mjs'

const web = join(root, 'web')
const built = join(web, 'dist')
const stamp = join(built, '.of-sources')
/** What the app is made of, and what makes it. */
const SOURCES = [
  'web/index.html',
  'web/vite.config.ts',
  'web/build',
  'web/package.json',
  'web/public',
  'web/src',
  'client/src',
  'package-lock.json',
]

export function whyBuild() {
  if (!existsSync(stamp)) return 'it is not there yet'
  return readFileSync(stamp, 'utf8') === nameOfSources() ? undefined : 'its sources have changed'
}

/** Whoever runs the one before keeps it until the new one is whole. */
export async function buildWebApp(why, node) {
  const started = Date.now()
  say(`Building the web app: ${why}. This takes some seconds.`)
  const name = nameOfSources()
  const fresh = join(web, `.dist-${process.pid}`)
  const arguments_ = [join(modules, 'vite/bin/vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
  const { code, error } = await runToEnd(node, arguments_, { cwd: web, stdio: ['ignore', 2, 2] })
  if (error || code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new Stop(`The web app could not be built; what was said stands above.`, code ?? 1)
  }
  writeFileSync(join(fresh, '.of-sources'), name)
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  say(`Built in ${seconds(started)} s.`)
}

/** By time and size, as make does: reading everything at each start would cost more than it tells. */
function nameOfSources() {
  const hash = createHash('sha256')
  for (const path of SOURCES) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  const stat = statSync(full)
  if (!stat.isDirectory()) return hash.update(`${path} ${stat.size} ${Math.floor(stat.mtimeMs)}\n`)
  for (const name of readdirSync(full).toSorted()) addTo(hash, `${path}/${name}`)
  return hash
}
