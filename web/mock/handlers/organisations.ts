// Answers about customers and their members.
import type { Handlers, Me } from '../contract.ts'
import { freshId } from '../dice.ts'
import { happen } from '../happen.ts'
import { pageOf } from '../paging.ts'
import { notFound } from '../problem.ts'
import { nowIso } from '../times.ts'
import type { World } from '../world.ts'

export const organisationHandlers = {
  'get /api/v1/organisations': ({ world, me, query }) =>
    pageOf(
      world.organisations.filter(({ id }) => maySee(me, id)),
      query,
    ),
  'get /api/v1/organisations/{organisationId}': ({ world, me, path }) => getOrganisation(world, me, path.organisationId),
  'post /api/v1/organisations': ({ world, me, body: { name, language = 'en' } }) => {
    const organisation = { id: freshId('org'), name, language, createdAt: nowIso(), archivedAt: null }
    world.organisations.push(organisation)
    tell(world, me, { name: 'identity.organisation_created', id: organisation.id, body: { name, language } })
    return organisation
  },
  'patch /api/v1/organisations/{organisationId}': ({ world, me, path, body: { archived, ...change } }) => {
    const organisation = Object.assign(getOrganisation(world, me, path.organisationId), change)
    if (archived !== undefined) organisation.archivedAt = archived ? nowIso() : null
    const verb = archived === undefined ? 'renamed' : archived ? 'archived' : 'restored'
    tell(world, me, { name: `identity.organisation_${verb}`, id: organisation.id, body: { name: organisation.name } })
    return organisation
  },
  'get /api/v1/organisations/{organisationId}/members': ({ world, me, path, query }) => {
    const { id } = getOrganisation(world, me, path.organisationId)
    return pageOf(
      world.members.filter(({ organisationId }) => organisationId === id),
      query,
    )
  },
  'patch /api/v1/organisations/{organisationId}/members/{personId}': ({ world, me, path, body: { role } }) => {
    const member = getMember(world, me, path)
    member.role = role
    tell(world, me, { name: 'identity.member_role_changed', id: path.organisationId, body: { personId: member.id, role } })
    return member
  },
  'delete /api/v1/organisations/{organisationId}/members/{personId}': ({ world, me, path }) => {
    const member = getMember(world, me, path)
    world.members.splice(world.members.indexOf(member), 1)
    tell(world, me, { name: 'identity.member_removed', id: path.organisationId, body: { personId: member.id } })
  },
} satisfies Handlers

function maySee(me: Me, organisationId: string) {
  return me.kind === 'staff' || me.organisation?.id === organisationId
}

export function getOrganisation(world: World, me: Me, id: string) {
  const found = world.organisations.find((one) => one.id === id)
  if (!found || !maySee(me, id)) throw notFound('organisation', id)
  return found
}

function getMember(world: World, me: Me, { organisationId, personId }: { organisationId: string; personId: string }) {
  getOrganisation(world, me, organisationId)
  const found = world.members.find((one) => one.id === personId && one.organisationId === organisationId)
  if (!found) throw notFound('member', personId)
  return found
}

function tell(world: World, me: Me, { name, id, body }: { name: string; id: string; body: Record<string, unknown> }) {
  happen(world, { name, subject: id, actor: me.id, organisationId: id, body: { organisationId: id, ...body } })
}
