// Known errors with how far they reach: who has the fault still, who runs its fix, which inquiries wait for it.
import type { Schemas } from '@fairway/client'
import type { Me } from '../contract.ts'
import { compareVersions, isWithin } from '../versions.ts'
import type { Inquiry, Installation, KnownError, World } from '../world.ts'
import { nameOfOrganisation } from './installation-view.ts'

type Detail = Schemas['KnownErrorDetailForStaff'] | Schemas['KnownError']

/** Of the published releases that fix it. */
export function fixedIn({ releases }: World, { id }: Pick<KnownError, 'id'>) {
  const fixing = releases.filter(({ state, fixes }) => state === 'published' && fixes.includes(id))
  return fixing.map(({ version }) => version).toSorted(compareVersions)
}

/** Tells of installations whether they have it; each version is looked at once. */
export function faultOf(world: World, error: KnownError) {
  const fixes = fixedIn(world, error)
  const known = new Map<string, boolean>()
  const isFaulty = (version: string) =>
    isWithin(version, error.affectedVersions) && !fixes.some((fix) => compareVersions(version, fix) >= 0)
  return ({ productId, version }: Pick<Installation, 'productId' | 'version'>) => {
    if (version === null || productId !== error.productId) return false
    if (!known.has(version)) known.set(version, isFaulty(version))
    return known.get(version) ?? false
  }
}

export function hasFault(world: World, error: KnownError, one: Pick<Installation, 'productId' | 'version'>) {
  return faultOf(world, error)(one)
}

export function isOpen({ closedAt }: Pick<Inquiry, 'closedAt'>) {
  return closedAt === null
}

export function viewForCustomer(world: World, me: Me, error: KnownError): Schemas['KnownError'] {
  const { cause: _cause, createdBy: _by, ...told } = error
  const own = activeOf(world).filter(({ organisationId }) => organisationId === me.organisation?.id)
  const affects = own
    .filter(faultOf(world, error))
    .map(({ id, name, version }) => ({ installationId: id, name, version: version ?? '' }))
  return { view: 'customer', ...told, fixedIn: fixedIn(world, error), affects }
}

export function viewForStaff(world: World, error: KnownError): Schemas['KnownErrorForStaff'] {
  const fixes = fixedIn(world, error)
  const affected = activeOf(world).filter(faultOf(world, error))
  const fixed = new Set(
    runningVersions(world, error).filter((version) => fixes.some((fix) => compareVersions(version, fix) >= 0)),
  )
  const runsFix = ({ productId, version }: Installation) =>
    productId === error.productId && version !== null && fixed.has(version)
  return {
    view: 'staff',
    ...error,
    fixedIn: fixes,
    affected: { installations: affected.length, organisations: new Set(affected.map((one) => one.organisationId)).size },
    fixedInstallations: activeOf(world).filter(runsFix).length,
    openInquiryCount: waitingFor(world, error).length,
  }
}

export function viewDetail(world: World, me: Me, error: KnownError): Detail {
  if (me.kind === 'member') return viewForCustomer(world, me, error)
  const openInquiries = waitingFor(world, error)
    .slice(0, 50)
    .map(({ id, title, organisationId }) => ({
      id,
      title,
      organisation: { id: organisationId, name: nameOfOrganisation(world, organisationId) },
    }))
  return { ...viewForStaff(world, error), openInquiries }
}

function runningVersions(world: World, { productId }: KnownError) {
  return [
    ...new Set(activeOf(world).flatMap((one) => (one.productId === productId && one.version !== null ? [one.version] : []))),
  ]
}

function waitingFor({ inquiries }: World, { id }: KnownError) {
  return inquiries.filter((one) => one.knownErrorId === id && isOpen(one))
}

function activeOf({ installations }: World) {
  return [...installations.values()].filter(({ state }) => state === 'active')
}
