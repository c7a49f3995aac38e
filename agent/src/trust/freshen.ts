// Looks at the metadata also when nothing is offered, so that new keys arrive in time; what goes wrong is told and never stops a check-in.
import type { Agent } from '../agent.ts'
import { sentenceOf } from '../agent-error.ts'
import { consult } from './consult.ts'
import { NO_TUF } from './first-root.ts'

export async function freshenTrust(agent: Agent): Promise<void> {
  if (!(await agent.refreshes.isDue())) return
  try {
    const consulted = await consult(agent, async ({ targets }) => targets.version)
    if (consulted.ok) return agent.log.info('the signed metadata are fresh', { targets: consulted.answer })
    const { code, reason } = consulted
    await agent.refreshes.note(code === NO_TUF)
    if (code !== NO_TUF) agent.log.error('the signed metadata are refused', { code, reason })
  } catch (error) {
    await agent.refreshes.note(false)
    if (!agent.stopping.aborted) agent.log.warn('the signed metadata could not be looked at', { reason: sentenceOf(error) })
  }
}
