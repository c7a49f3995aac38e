// Runs npm, or what it would have run, undisturbed by the npm that runs us.
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { runToEnd } from './child.mjs'
import { say } from './project.mjs'

const LOOK_MS = 1_000
const SAY_AGAIN_S = 10

/** The npm that runs us, if one does: another on the PATH may be of another version. */
export function runNpm(args, cwd) {
  const npm = process.env.npm_execpath ?? ''
  if (/npm-cli\.c?js$/.test(npm) && existsSync(npm)) return runInstaller(process.execPath, [npm, ...args], cwd)
  return runInstaller('npm', args, cwd)
}

/** Its words go to stderr: stdout belongs to the script that runs afterwards (`fairway … --json`). */
export async function runInstaller(program, args, cwd) {
  const home = usableHome()
  const started = Date.now()
  let said = 0
  // On a terminal npm draws its own progress.
  const timer = setInterval(() => {
    const passed = seconds(started)
    if (process.stderr.isTTY || passed < said + SAY_AGAIN_S) return
    said = passed
    say(`… ${passed} s`)
  }, LOOK_MS)
  try {
    return await runToEnd(program, args, { cwd, stdio: ['ignore', 2, 2], env: { ...installerEnv(), HOME: home.path } })
  } finally {
    clearInterval(timer)
    home.remove()
  }
}

/** An outer `npm run` hands all its settings down; those that say what is installed, and where, were not meant for us. */
function installerEnv() {
  const foreign =
    /^npm_(?:lifecycle|package)_|^npm_config_(?:local_prefix|prefix|global|workspaces?|include_workspace_root|omit|include|only|also|dev|production|dry_run|package_lock|package_lock_only|loglevel|silent|json|if_present|install_strategy|call|package|engine_strict)$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/** npm keeps a cache at home, and with an empty HOME would do so in the work tree. */
function usableHome() {
  try {
    const path = process.env.HOME === '' ? '' : homedir()
    accessSync(path, constants.W_OK)
    return { path, remove() {} }
  } catch {
    const made = mkdtempSync(join(tmpdir(), 'fairway-npm-'))
    return { path: made, remove: () => rmSync(made, { recursive: true, force: true }) }
  }
}

export function seconds(since) {
  return Math.round((Date.now() - since) / 1000)
}
