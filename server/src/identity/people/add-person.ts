// Makes a person and gives them their place: staff, or member of one organisation.
import { hashPassword } from 'better-auth/crypto'
import { invalidField, Refusal } from '#platform/errors'
import type { Tx } from '#platform/db'
import { announce } from '#platform/events'
import { type Actor, actorLabel, type Member, type MemberRole, type Staff, type StaffRole } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { lockOrganisation } from '../organisations/organisation-store.ts'
import { saveMember } from '../members/member-store.ts'
import { saveStaff } from '../staff/staff-store.ts'
import { PASSWORD, whyNotPassword } from './password.ts'
import {
  addPersonRow,
  findActor,
  lockPersonByEmail,
  removeFactors,
  removePassword,
  saveName,
  savePassword,
} from './person-store.ts'

export type Place = { roles: StaffRole[] } | { organisationId: string; role: MemberRole }

export interface NewPerson {
  name: string
  email: string
  /** Absent: signs in by mailed links, until a passkey is made. */
  password?: string | undefined
  place: Place
}

/** For first starts, tests and demos; people who were invited come through acceptInvitation. */
export async function addPerson({ db, clock }: Pick<IdentityDeps, 'db' | 'clock'>, actor: Actor, person: NewPerson) {
  const hash = await hashOf(person.password)
  return db.transaction().execute((tx) => settlePerson(tx, { actor, person, hash, now: clock.now() }))
}

/** Slow on purpose (scrypt), and so done before the transaction. */
export async function hashOf(password: string | undefined) {
  if (password === undefined) return undefined
  const reason = whyNotPassword(password)
  if (reason) throw invalidField('/password', reason, `A password has ${PASSWORD.min} to ${PASSWORD.max} characters.`)
  return hashPassword(password)
}

interface Settlement {
  /** Undefined: the person themselves, by accepting an invitation. */
  actor: Actor | undefined
  person: NewPerson
  hash: string | undefined
  now: Date
}

/** Refuses who already has a place; who had one earlier comes back with new credentials. */
export async function settlePerson(tx: Tx, { actor, person, hash, now }: Settlement): Promise<Staff | Member> {
  const { name, email, place } = person
  const known = await lockPersonByEmail(tx, email)
  if (known && (await findActor(tx, known.id)))
    throw new Refusal('conflict', 'person.already_here', `${email} already has access to Fairway; one person has one place.`)
  const { id } = known ?? (await addPersonRow(tx, { name, email, now }))
  if (known) {
    await saveName(tx, { id, name, now })
    await removeFactors(tx, id)
    await removePassword(tx, id)
  }
  if (hash) await savePassword(tx, { personId: id, hash, now })
  await givePlace(tx, { id, place, actor: actor ? actorLabel(actor) : id, now })
  // oxlint-disable-next-line typescript/no-non-null-assertion -- the place was given in this transaction
  return (await findActor(tx, id))!
}

async function givePlace(tx: Tx, { id, place, actor, now }: { id: string; place: Place; actor: string; now: Date }) {
  if ('roles' in place) {
    await saveStaff(tx, { personId: id, roles: place.roles, now })
    await announce(tx, {
      name: 'identity.staff_joined',
      subject: id,
      actor,
      occurredAt: now,
      body: { personId: id, roles: place.roles },
    })
    return
  }
  const { organisationId, role } = place
  const organisation = await lockOrganisation(tx, organisationId)
  if (!organisation || organisation.archivedAt)
    throw new Refusal('not_found', 'organisation.unknown', `There is no organisation ${organisationId}.`)
  await saveMember(tx, { personId: id, organisationId, role, now })
  await announce(tx, {
    name: 'identity.member_joined',
    subject: organisationId,
    actor,
    organisationId,
    occurredAt: now,
    body: { personId: id, organisationId, role },
  })
}
