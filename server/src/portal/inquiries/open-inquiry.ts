// Opens an inquiry, with all that we know of the installations it is about: nobody is asked for a version.
import { type Actor, actorLabel } from '#identity'
import type { Installation } from '#fleet'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { asOneLine } from '../one-line.ts'
import type { InquiryKind, RanVersion, Snapshot } from './inquiry.ts'
import { mayHandle } from './inquiry-policy.ts'
import { addInquiry, addSnapshots } from './inquiry-store.ts'

export interface InquiryWish {
  organisationId?: string
  kind: InquiryKind
  title: string
  text: string
  installationIds?: string[]
}

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'identity' | 'fleet'>

export async function openInquiry(deps: Deps, actor: Actor, wish: InquiryWish) {
  const { db, clock, fleet } = deps
  const organisationId = await organisationOf(deps, actor, wish)
  const title = asOneLine(wish.title, '/title')
  const named = await namedInstallations(deps, organisationId, wish.installationIds ?? [])
  const snapshots = await Promise.all(named.map((one) => snapshotOf(deps, one)))
  // Once they are updated, nobody could tell any more what they ran.
  const fleetAtOpening = named.length > 0 ? [] : whatRuns(await fleet.listOfOrganisation(organisationId))
  const now = clock.now()

  return db.transaction().execute(async (tx) => {
    const inquiry = await addInquiry(tx, {
      organisationId,
      openedBy: actorLabel(actor),
      kind: wish.kind,
      title,
      text: wish.text,
      status: 'new',
      assigneeId: null,
      knownErrorId: null,
      fleetAtOpening,
      createdAt: now,
    })
    await addSnapshots(tx, inquiry.id, snapshots)
    await announce(tx, {
      name: 'portal.inquiry_opened',
      subject: inquiry.id,
      actor: actorLabel(actor),
      organisationId,
      occurredAt: now,
      body: { inquiryId: inquiry.id, kind: wish.kind, installationIds: named.map((one) => one.id) },
    })
    return inquiry
  })
}

/** Members open inquiries of their own organisation, staff those of a customer who asked by other ways. */
async function organisationOf({ identity }: Pick<Deps, 'identity'>, actor: Actor, { organisationId }: InquiryWish) {
  const unknown = (id: string) => new Refusal('not_found', 'organisation.unknown', `There is no organisation ${id}.`)
  if (actor.kind === 'member') {
    if (organisationId !== undefined && organisationId !== actor.organisationId) throw unknown(organisationId)
    return actor.organisationId
  }
  if (!mayHandle(actor)) throw new Refusal('forbidden', 'inquiry.read_only', 'You may read inquiries, but not open them.')
  if (organisationId === undefined)
    throw invalidField('/organisationId', 'inquiry.organisation_missing', 'Say which customer asks.')
  if (!(await identity.findOrganisation(organisationId))) throw unknown(organisationId)
  return organisationId
}

async function namedInstallations({ fleet }: Pick<Deps, 'fleet'>, organisationId: string, ids: string[]) {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return []
  const found = await fleet.installationsByIds(wanted)
  const own = new Map(found.filter((one) => one.organisationId === organisationId).map((one) => [one.id, one]))
  return wanted.map((id) => {
    const installation = own.get(id)
    if (!installation)
      throw invalidField(
        `/installationIds/${ids.indexOf(id)}`,
        'inquiry.installation_unknown',
        `There is no installation ${id} of this customer.`,
      )
    return installation
  })
}

async function snapshotOf({ fleet }: Pick<Deps, 'fleet'>, one: Installation): Promise<Snapshot> {
  const outcomes = one.releaseId === null ? [] : await fleet.listOutcomes(one.releaseId)
  const last = outcomes.find((outcome) => outcome.installationId === one.id)
  return {
    installationId: one.id,
    name: one.name,
    productId: one.productId,
    channel: one.channel,
    version: one.version,
    health: one.health,
    lastSeenAt: one.lastSeenAt,
    lastReport: last ? { kind: last.kind, at: last.at, reason: last.reason } : null,
  }
}

function whatRuns(installations: Installation[]): RanVersion[] {
  return installations.flatMap(({ id, productId, version, state }) =>
    version === null || state !== 'active' ? [] : [{ installationId: id, productId, version }],
  )
}
