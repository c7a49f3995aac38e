// Everybody who writes during a crash test: support, a customer, and two installations; and the ledger of what they were told.
import type { AServer } from './a-server.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import { aSpokenAgent, type SpokenAgent } from './spoken-agent.ts'
import { aMember, setStage, type Stage } from './stage.ts'

export interface Crowd extends Stage {
  ledger: Ledger
  /** Of the member whom mails go to. */
  memberHeaders: Record<string, string>
  agents: SpokenAgent[]
}

export async function gatherCrowd(server: AServer, mailbox: Mailbox): Promise<Crowd> {
  const stage = await setStage(server)
  const member = await aMember(stage, mailbox)
  const { token } = await member.call<{ token: string }>('POST', '/tokens', {
    name: 'crash',
    scopes: ['read', 'inquiries:write'],
  })
  const ledger = createLedger()
  const agents: SpokenAgent[] = []
  for (const name of ['agent-a', 'agent-b']) {
    const agent = await aSpokenAgent(stage, name)
    agents.push(agent)
    ledger.note({ kind: 'installation', name, state: 'done', id: agent.installationId, tries: 1 })
  }
  return { ...stage, ledger, agents, memberHeaders: { authorization: `Bearer ${token}` } }
}
