// Makes organisations and people for stories, through the use cases of identity, with a token that may do all that theirs may.
import { grantableScopes, type Identity, type Member, type MemberRole, type Staff, type StaffRole, SYSTEM } from '#identity'
import type { Http } from '#platform/http'
import { newId } from '#platform/ids'

type WithIdentity = { identity: Identity }

/** Of everybody who was given one here. */
export const TEST_PASSWORD = 'correct horse battery staple'

export async function anOrganisation({ identity }: WithIdentity, name = newId('Organisation')) {
  return identity.createOrganisation(SYSTEM, { name })
}

export async function aStaff({ identity }: WithIdentity, roles: StaffRole[] = ['administrator'], password?: string) {
  const person = await identity.addPerson(SYSTEM, {
    name: `Staff ${newId('s')}`,
    email: `${newId('s')}@vendor.example`,
    password,
    place: { roles },
  })
  return withToken<Staff>(identity, person as Staff) // staff by the place given
}

/** @param wish the role alone, or with a password for `signIn` (slower: it is hashed as in earnest). */
export async function aMember(
  { identity }: WithIdentity,
  organisationId: string,
  wish: MemberRole | { role?: MemberRole; password?: string } = 'member',
) {
  const { role = 'member', password } = typeof wish === 'string' ? { role: wish } : wish
  const person = await identity.addPerson(SYSTEM, {
    name: `Member ${newId('m')}`,
    email: `${newId('m')}@customer.example`,
    password,
    place: { organisationId, role },
  })
  return withToken<Member>(identity, person as Member) // a member by the place given
}

async function withToken<Who extends Staff | Member>(identity: Identity, person: Who) {
  const { token } = await identity.issueToken(person, { name: 'story', scopes: grantableScopes(person) })
  return { person, token, headers: { authorization: `Bearer ${token}` } }
}

/** Signs somebody in by password, as a browser: headers with the session's cookie and our own origin. */
export async function signIn({ http }: { http: Http }, { email }: { email: string }, password = TEST_PASSWORD) {
  const origin = 'http://localhost:4600'
  // An address of its own, since guessing is limited by address.
  const remoteAddress = `10.${part()}.${part()}.${part()}`
  const answer = await http.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin },
    remoteAddress,
    payload: { email, password },
  })
  if (answer.statusCode !== 200) throw new Error(`Nobody was signed in: ${answer.statusCode} ${answer.body}`)
  return { cookie: cookiesOf(answer), origin }
}

export function cookiesOf(answer: { cookies: { name: string; value: string }[] }) {
  return answer.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
}

function part() {
  return Math.floor(Math.random() * 256)
}
