// Assembles identity: what it offers, and its doors.
import type { Http } from '#platform/http'
import type { Worker } from '#platform/jobs'
import type { Actor, Member, Person, Staff } from './actor.ts'
import { authenticate } from './access/authenticate.ts'
import { holdersOf } from './access/holders-store.ts'
import type { IdentityDeps } from './deps.ts'
import { identityRoutes } from './identity-routes.ts'
import { prepareFirstStart } from './first-start/prepare-first-start.ts'
import { listMembersOf } from './members/member-store.ts'
import { createOrganisation } from './organisations/create-organisation.ts'
import { findOrganisationRecord, listOrganisationRecords } from './organisations/organisation-store.ts'
import { addPerson, type NewPerson } from './people/add-person.ts'
import { listPeople } from './people/person-store.ts'
import { createAuth } from './sign-in/auth.ts'
import { forgetExpired } from './sign-in/forget-expired.ts'
import { listAllStaff } from './staff/staff-store.ts'
import { issueToken, type TokenWish } from './tokens/issue-token.ts'
import { createLastUses } from './tokens/last-uses.ts'

export interface Organisation {
  id: string
  name: string
  /** Of its people, for mails and pages: `en`. */
  language: string
}

export interface Identity {
  /** Decorates each request with who sends it and refuses at the door; before the routes of all modules. */
  authenticate(http: Http): void
  routes(http: Http): Promise<void>
  workers: Worker[]
  /** First start: makes the administrator of the configuration, or gives a one-time set-up link while there is no staff at all. */
  prepareFirstStart(admin?: { email: string; password: string }): Promise<{ setupUrl: string | undefined }>
  findOrganisation(id: string): Promise<Organisation | undefined>
  organisationsByIds(ids: string[]): Promise<Organisation[]>
  peopleByIds(ids: string[]): Promise<Person[]>
  /** Active members of an organisation, for mails. */
  listMembers(organisationId: string): Promise<Member[]>
  listStaff(): Promise<Staff[]>
  /** Who holds these sessions and tokens (`request.sessionKey`) now; what has ended is not in it. For what lasts longer than a request. */
  holdersOf(keys: string[]): Promise<Map<string, Staff | Member>>

  // For the first start, the demo and tests; people at work use the routes.
  createOrganisation(actor: Actor, wish: { name: string; language?: string }): Promise<Organisation>
  addPerson(actor: Actor, person: NewPerson): Promise<Staff | Member>
  /** @returns the text of the token, shown once. */
  issueToken(actor: Staff | Member, wish: TokenWish): Promise<{ id: string; token: string }>
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { db } = deps
  const auth = createAuth(deps)
  const lastUses = createLastUses(deps)

  return {
    authenticate(http) {
      authenticate(http, { ...deps, auth, lastUses })
      http.addHook('onClose', () => lastUses.stop())
    },
    routes: (http) => identityRoutes(http, { ...deps, auth }),
    workers: [forgetExpired(deps)],
    prepareFirstStart: (admin) => prepareFirstStart(deps, admin),
    findOrganisation: (id) => findOrganisationRecord(db, id),
    organisationsByIds: (ids) => listOrganisationRecords(db, ids),
    peopleByIds: (ids) => listPeople(db, ids),
    listMembers: (organisationId) => listMembersOf(db, organisationId),
    listStaff: () => listAllStaff(db),
    holdersOf: (keys) => holdersOf(db, keys, deps.clock.now()),
    createOrganisation: (actor, wish) => createOrganisation(deps, actor, wish),
    addPerson: (actor, person) => addPerson(deps, actor, person),
    issueToken: (actor, wish) => issueToken(deps, actor, wish),
  }
}
