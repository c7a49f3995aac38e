// What a browser test begins with: a real Fairway with the web app, its staff, a customer, and machines with real agents.
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, prepareMachine, stopAllSoftware } from '../../scripts/demo/agents.ts'
import { acceptInvitation, type DemoPerson, signIn } from '../../scripts/demo/people.ts'
import { ADMIN, startPlatform } from '../../scripts/demo/platform.ts'
import { PRODUCT, publish } from '../../scripts/demo/publish.ts'
import { stopProgram } from '../../scripts/demo/processes.ts'

export type Stage = Awaited<ReturnType<typeof setStage>>

export async function setStage() {
  const folder = mkdtempSync(join(tmpdir(), 'fairway-browser-'))
  const { server, child, isReady } = await startPlatform(folder, { FAIRWAY_REQUESTS_PER_MINUTE: '100000' })
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 50))
  const admin = await signIn(server, ADMIN)
  await admin.call('PATCH', '/vendor', { name: 'Varnhold' })
  await admin.call('POST', '/products', { id: PRODUCT, name: 'Till', bakeSeconds: 2 })
  const scopes = ['read', 'releases:write', 'rollouts:write', 'fleet:write', 'inquiries:write']
  const { token } = await admin.call<{ token: string }>('POST', '/tokens', { name: 'browser tests', scopes })
  const agents: ChildProcess[] = []
  return {
    folder,
    server,
    admin,
    publish: (release: Parameters<typeof publish>[1]) => publish({ folder, server, token }, release),
    /** Staff with one role, invited and signed up. */
    async aColleague(role: 'developer' | 'operator' | 'support' | 'viewer') {
      const email = `${role}@varnhold.example`
      await admin.call('POST', '/staff/invitations', { email, roles: [role] })
      await accept({ server, admin }, { email, name: `A ${role}` })
      return { server, email }
    },
    /** A customer with a manager, entitled to the product. */
    async aCustomer(name: string) {
      const { id } = await admin.call<{ id: string }>('POST', '/organisations', { name })
      await admin.call('PUT', `/organisations/${id}/entitlements/${PRODUCT}/stable`)
      const email = `manager@${name.toLowerCase().replaceAll(' ', '-')}.example`
      await admin.call('POST', `/organisations/${id}/invitations`, { email, role: 'manager' })
      await accept({ server, admin }, { email, name: `Manager of ${name}` })
      return { id, server, email }
    },
    /** Real agents that run real software. */
    async machines(organisationId: string, names: string[]) {
      for (const name of names) {
        const machine = await prepareMachine(folder, { name, organisationId })
        agents.push(await connect(admin, machine, { server, productId: PRODUCT }))
      }
    },
    async close() {
      await Promise.all(agents.map(stopProgram))
      stopAllSoftware()
      await stopProgram(child)
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

async function accept(
  { server, admin }: { server: string; admin: DemoPerson },
  { email, name }: { email: string; name: string },
) {
  const { items } = await admin.call<{ items: { to: string; text: string | null }[] }>('GET', '/mails')
  const link = items.find((mail) => mail.to === email)?.text?.match(/https?:\/\/\S+\/invite\/\S+/)?.[0]
  if (!link) throw new Error(`No invitation for ${email} among the mails.`)
  await acceptInvitation(server, { link, name })
}
