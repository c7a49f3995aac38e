// The main job in one command: starts Fairway and twelve real agents, and lets the main loop be seen. `--exit` ends when it was.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { act, secondsSoFar, see, tell } from './demo/narrate.ts'
import { PASSWORD } from './demo/people.ts'
import { ADMIN, startPlatform } from './demo/platform.ts'
import { runningPrograms, stopProgram } from './demo/processes.ts'
import { stopAllSoftware } from './demo/agents.ts'
import { tellStory } from './demo/story.ts'

const endsByItself = process.argv.includes('--exit')
const folder = mkdtempSync(join(tmpdir(), 'fairway-demo-'))
const stopped = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => resolve(signal === 'SIGTERM' ? 0 : 130))
})

async function play() {
  act('Fairway, the main loop on real processes')
  const { server, isReady } = await startPlatform(folder)
  await see(`Fairway is ready at ${server}, with a PostgreSQL of its own`, isReady)
  const { seconds, inquiryId, people } = await tellStory(folder, { server, adminEmail: ADMIN })
  act(
    `From published to the last inquiry closed, without a human: ${seconds.toFixed(1)} s (the whole story: ${secondsSoFar().toFixed(0)} s)`,
  )
  if (endsByItself) return 0
  tour(server, { inquiryId, people: people.map(({ email }) => email) })
  tell(`Logs and data: ${folder}. Ctrl-C stops everything and removes them.`)
  return stopped
}

/** Which screens to open, in the order in which they tell the story. */
function tour(server: string, { inquiryId, people }: { inquiryId: string; people: string[] }) {
  const [staff = '', customer = '', ...others] = people
  tell(`Look at it: ${server}; everybody's password is “${PASSWORD}”`)
  tell(`as staff, ${staff}:`)
  tell(`   ${server}/console/rollouts   1.1.0 that halted itself, 1.1.1 that went to all`)
  tell(`   ${server}/console/inbox/closed/${inquiryId}   the inquiry that closed itself, with its proof`)
  tell(`   ${server}/console/timeline   what happened, in one line of time`)
  tell(`as a customer, ${customer} (in another browser, or a private window):`)
  tell(`   ${server}/inquiries/${inquiryId}   the same inquiry, as they see it`)
  tell(`   ${server}/   what runs where, and what comes`)
  tell(`other customers: ${others.join(', ')}. The API, readable: ${server}/api/docs`)
}

async function clearUp() {
  // Agents first: then nobody asks the server any more.
  const [server, ...agents] = runningPrograms()
  await Promise.all(agents.map(stopProgram))
  stopAllSoftware()
  if (server) await stopProgram(server)
  rmSync(folder, { recursive: true, force: true })
}

try {
  process.exitCode = await Promise.race([play(), stopped])
} catch (error) {
  console.error(`\nThe story broke off: ${error instanceof Error ? error.message : String(error)}\nLogs: ${folder}`)
  process.exitCode = 1
  if (process.env.FAIRWAY_DEMO_KEEP) process.exit(1)
} finally {
  await clearUp()
}
