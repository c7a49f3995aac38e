// A customer organisation with one of everything that it can have, each marked by a word, for tests that look for what must not be seen.
import { randomUUID } from 'node:crypto'
import { grantableScopes, type MemberRole, SYSTEM } from '#identity'
import { aSpokenAgent } from './agents.ts'
import type { TestFairway } from './open-fairway.ts'
import { aStaff, signIn, TEST_PASSWORD } from './people.ts'
import { aDraft, aProduct, aRelease, aRollout, send } from './releases.ts'

type Headers = Record<string, string>
export type ACustomer = Awaited<ReturnType<typeof aCustomer>>

/** What only staff may ever read carries this. */
export const STAFF_ONLY = 'staffonlyword'

/** @param word lower-case letters and digits; it stands in every text and name of this customer. */
export async function aCustomer(fairway: TestFairway, word: string) {
  const vendor = (await aStaff(fairway, ['administrator'])).headers
  const organisation = await fairway.identity.createOrganisation(SYSTEM, { name: `${word} organisation` })
  const person = (name: string, role: MemberRole) => aNamedMember(fairway, { word, name, role, organisationId: organisation.id })
  const [member, manager] = [await person('member', 'member'), await person('manager', 'manager')]
  const shipped = await whatTheyRun(fairway, { vendor, word, organisationId: organisation.id })
  const inquiry = await anInquiryOf(fairway, { vendor, word, member: member.headers, ...shipped })
  await send(fairway, vendor, {
    method: 'POST',
    url: `/api/v1/organisations/${organisation.id}/invitations`,
    payload: { email: `${word}-invited@customer.example`, role: 'member' },
  })
  return { word, organisation, member, manager, ...shipped, ...inquiry }
}

/** Signed in by a browser: a session may do all that its person may, a member's token much less. */
async function aNamedMember(
  fairway: TestFairway,
  { word, name, role, organisationId }: { word: string; name: string; role: MemberRole; organisationId: string },
) {
  const { identity } = fairway
  const person = await identity.addPerson(SYSTEM, {
    name: `${word} ${name}`,
    password: TEST_PASSWORD,
    email: `${word}-${name}-${randomUUID().slice(0, 8)}@customer.example`,
    place: { organisationId, role },
  })
  if (person.kind !== 'member') throw new Error('The place given was not taken.')
  const { id, token } = await identity.issueToken(person, { name: `${word} token`, scopes: grantableScopes(person) })
  return { person, tokenId: id, token, headers: await signIn(fairway, person) }
}

interface Making {
  vendor: Headers
  word: string
  organisationId: string
}

/** A product of their own, two releases, a draft, a rollout that was halted, and an installation that reported. */
async function whatTheyRun(fairway: TestFairway, { vendor, word, organisationId }: Making) {
  const productId = `${word}-product`
  await aProduct(fairway, vendor, { id: productId })
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/${productId}/stable` })
  const release = await aRelease(fairway, vendor, { productId, version: '1.0.0', content: Buffer.from(`${word} bytes`) })
  await send(fairway, vendor, {
    method: 'PATCH',
    url: `/api/v1/releases/${release.id}`,
    payload: { notes: `${word} notes` },
  })
  const draft = await aDraft(fairway, vendor, { productId, version: '9.0.0', content: Buffer.from(`${STAFF_ONLY} bytes`) })
  await send(fairway, vendor, {
    method: 'PATCH',
    url: `/api/v1/releases/${draft.id}`,
    payload: { notes: `${STAFF_ONLY} notes` },
  })
  const agent = await aSpokenAgent(fairway, { organisationId, productId, name: `${word} installation` })
  await agent.checkIn()
  await agent.report(release.id, 'failed', `${word} reason`)
  const rollout = await aRollout(fairway, vendor, { releaseId: release.id })
  await send(fairway, vendor, {
    method: 'POST',
    url: `/api/v1/rollouts/${rollout.id}/halt`,
    payload: { reason: `${STAFF_ONLY} reason` },
  })
  return { productId, release, draft, agent, rollout }
}

interface Asking {
  vendor: Headers
  member: Headers
  word: string
  productId: string
  agent: { installation: { id: string } }
}

/** With a message, an attachment, a note, a known error, and a draft of one. */
async function anInquiryOf(fairway: TestFairway, { vendor, member, word, productId, agent }: Asking) {
  const post = <Answer>(headers: Headers, url: string, payload: object) =>
    send<Answer>(fairway, headers, { method: 'POST', url, payload })
  const inquiry = await post<{ id: string }>(member, '/api/v1/inquiries', {
    kind: 'incident_report',
    title: `${word} title`,
    text: `${word} text`,
    installationIds: [agent.installation.id],
  })
  const at = `/api/v1/inquiries/${inquiry.id}`
  await post(member, `${at}/messages`, { text: `${word} message` })
  await post(vendor, `${at}/notes`, { text: `${STAFF_ONLY} note` })
  const known = { productId, affectedVersions: '<2.0.0', cause: `${STAFF_ONLY} cause` }
  const knownError = await post<{ id: string }>(vendor, '/api/v1/known-errors', {
    ...known,
    title: `${word} error`,
    workaround: `${word} workaround`,
    state: 'open',
  })
  const draftError = await post<{ id: string }>(vendor, '/api/v1/known-errors', {
    ...known,
    title: `${STAFF_ONLY} error`,
    state: 'draft',
  })
  await send(fairway, vendor, { method: 'PATCH', url: at, payload: { knownErrorId: knownError.id } })
  const attached = await fairway.http.inject({
    method: 'POST',
    url: `${at}/attachments?name=${word}.txt`,
    headers: { ...member, 'content-type': 'application/octet-stream' },
    payload: `${word} attached`,
  })
  return { inquiry, knownError, draftError, attachment: attached.json<{ id: string }>() }
}
