// What a crash test begins with: an administrator's token, a product, and a customer with one member.
import { acceptInvitation, type DemoPerson, signIn } from '../../scripts/demo/people.ts'
import { ADMIN, type AServer, until } from './a-server.ts'
import type { Mailbox } from './mailbox.ts'

export const PRODUCT = 'till'
const SCOPES = ['read', 'releases:write', 'rollouts:write', 'fleet:write', 'inquiries:write']

export interface Stage {
  server: AServer
  admin: DemoPerson
  /** Of the administrator. */
  headers: Record<string, string>
  organisationId: string
}

/** @param bakeSeconds how long a fix must be healthy before it closes an inquiry. */
export async function setStage(server: AServer, bakeSeconds = 1): Promise<Stage> {
  const admin = await signIn(server.url, ADMIN.email, ADMIN.password)
  const { token } = await admin.call<{ token: string }>('POST', '/tokens', { name: 'crash tests', scopes: SCOPES })
  await admin.call('POST', '/products', { id: PRODUCT, name: 'Till', bakeSeconds })
  const { id: organisationId } = await admin.call<{ id: string }>('POST', '/organisations', { name: 'Harbour Bakery' })
  await admin.call('PUT', `/organisations/${organisationId}/entitlements/${PRODUCT}/stable`)
  return { server, admin, headers: { authorization: `Bearer ${token}` }, organisationId }
}

/** Invited by mail, as it is done in earnest. */
export async function aMember({ server, admin, organisationId }: Stage, { received }: Mailbox) {
  const email = 'manager@harbour-bakery.example'
  await admin.call('POST', `/organisations/${organisationId}/invitations`, { email, role: 'manager' })
  const linkTo = () => received.find((mail) => mail.to === email)?.text.match(/https?:\/\/\S+\/invite\/[^\s">]+/)?.[0]
  await until('the invitation comes by mail', () => linkTo() !== undefined)
  await acceptInvitation(server.url, { link: linkTo() ?? '', name: 'Manager' })
  return signIn(server.url, email)
}
