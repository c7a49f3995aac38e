// Installs what is missing, then runs a script under the pinned Node: plain JavaScript, since the machine's Node may be 20.
import { delimiter, dirname, join } from 'node:path'
import { runToEnd } from './bootstrap/child.mjs'
import { installAll, whyInstall } from './bootstrap/dependencies.mjs'
import { repairNode, usableNodes, whyRepair } from './bootstrap/pinned-node.mjs'
import { Stop, modules, pinnedMajor, root, say } from './bootstrap/project.mjs'
import { inTurn } from './bootstrap/turn.mjs'
import { buildWebApp, whyBuild } from './bootstrap/web-app.mjs'

/** Of this script, not of what it runs: the web app must be built. */
const WITH_WEB = '--with-web'

try {
  if (whyInstall() || whyRepair()) await inTurn(install)
  const args = process.argv.slice(2)
  if (args[0] === WITH_WEB && whyBuild()) await inTurn(build)
  await goOn(args[0] === WITH_WEB ? args.slice(1) : args)
} catch (error) {
  if (!(error instanceof Stop)) throw error
  say(error.message)
  process.exitCode = error.code
}

/** Asked again: another process may just have done it. */
async function install() {
  const why = whyInstall()
  if (why) await installAll(why)
  const broken = whyRepair()
  if (broken) await repairNode(broken)
}

async function build() {
  const why = whyBuild()
  const [node] = usableNodes()
  if (why && node) await buildWebApp(why, node)
}

/** Runs the arguments under the pinned Node; flags that lead them are Node's own. */
async function goOn(args) {
  // Relative paths in arguments are meant from where the person stands; the child stands in the root.
  const INIT_CWD = process.env.INIT_CWD || process.cwd()
  for (const node of usableNodes()) {
    const PATH = [dirname(node), join(modules, '.bin'), process.env.PATH].filter(Boolean).join(delimiter)
    const ended = await runToEnd(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH, INIT_CWD } })
    if (ended.error) continue
    if (ended.signal) process.kill(process.pid, ended.signal)
    process.exitCode = ended.code ?? 1
    return
  }
  throw new Stop(
    `The Node ${pinnedMajor} that npm brought does not run on this system. Install Node ${pinnedMajor} yourself and run this again with it.`,
  )
}
