// Makes a running agent's parts from its folder; used by `run` and `check`.
import { randomBytes } from 'node:crypto'
import type { Agent } from './agent.ts'
import { readConfig } from './config.ts'
import { getIdentity } from './identity.ts'
import { layoutOf, makeLayout } from './layout.ts'
import type { Log } from './log.ts'
import { createSession } from './session.ts'
import { createRefreshClock } from './trust/refresh-clock.ts'

/** The folder must be locked by the caller. */
export async function openAgent(dir: string, log: Log, stopping: AbortSignal): Promise<Agent> {
  const layout = layoutOf(dir)
  const identity = await getIdentity(layout.identity)
  const config = await readConfig(layout.config)
  await makeLayout(layout)
  // New at each start and never kept: a copied folder shows itself by two instances that take turns.
  const instance = randomBytes(18).toString('base64url')
  const session = createSession(identity, instance, stopping)
  return { layout, config, identity, session, refreshes: createRefreshClock(layout.refreshes), log, stopping }
}
