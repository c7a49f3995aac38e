// The log of the last days, made of what the world holds: so that the timeline tells what the other screens show.
import { note, whereabouts } from '../happen.ts'
import { factOf } from '../views/rollout-view.ts'
import { msOf } from '../times.ts'
import type { Happening, Inquiry, Installation, Release, Rollout, World } from '../world.ts'

type Fact = Omit<Happening, 'place' | 'id'>
const REACHES_BACK_MS = msOf('6d')

/** Writes it into the world, oldest first. */
export function fillLog(world: World) {
  const facts = [
    ...[...world.installations.values()].flatMap(ofInstallation),
    ...world.inquiries.flatMap(ofInquiry),
    ...world.rollouts.flatMap(ofRollout),
    ...world.releases.flatMap(ofRelease),
  ]
  const oldest = new Date(Date.now() - REACHES_BACK_MS).toISOString()
  const kept = facts.filter(({ occurredAt }) => occurredAt >= oldest)
  for (const fact of kept.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt))) note(world, fact)
}

function ofInstallation(installation: Installation): Fact[] {
  const { id, organisationId, reports, copiedAt } = installation
  const about = { subject: id, actor: id, organisationId }
  const place = whereabouts(installation)
  const copied = copiedAt === null ? [] : [{ ...about, name: 'fleet.installation_copied', occurredAt: copiedAt, body: place }]
  const told = reports.flatMap(({ kind, releaseId, version, reason, receivedAt: occurredAt }): Fact[] => {
    if (kind === 'downloaded') return []
    if (kind === 'installed') {
      const previous = {
        version: reports.find((one) => one.releaseId === releaseId && one.kind === 'downloaded')?.version ?? null,
        health: 'healthy',
      }
      return [
        {
          ...about,
          name: 'fleet.installation_reported',
          occurredAt,
          body: { ...place, version, releaseId, health: 'healthy', previous },
        },
      ]
    }
    return [{ ...about, name: 'fleet.outcome_changed', occurredAt, body: { ...place, releaseId, kind, reason } }]
  })
  return [...copied, ...told]
}

function ofInquiry(inquiry: Inquiry): Fact[] {
  const { id, organisationId, openedBy, kind, installations, messages, linkedAt, knownErrorId, closedAt, status, assignee } =
    inquiry
  const fact = (name: string, occurredAt: string, told: { actor: string; body?: object }): Fact => ({
    name,
    occurredAt,
    subject: id,
    organisationId,
    actor: told.actor,
    body: {
      inquiryId: id,
      ...told.body,
    },
  })
  const staff = assignee?.id ?? 'pe_supportb'
  const installationIds = installations.map(({ installationId }) => installationId)
  const answered = messages
    .filter(({ from }) => from !== 'system')
    .map(({ from, createdAt }) =>
      fact('portal.inquiry_answered', createdAt, { actor: from === 'staff' ? staff : openedBy.id, body: { by: from, status } }),
    )
  const itself = status === 'closed_by_itself'
  const by = itself ? { by: 'itself', knownErrorId, version: '1.4.2', installationIds } : { by: 'person' }
  return [
    fact('portal.inquiry_opened', inquiry.createdAt, { actor: openedBy.id, body: { kind, installationIds } }),
    ...answered,
    ...(linkedAt === null ? [] : [fact('portal.inquiry_linked', linkedAt, { actor: staff, body: { knownErrorId } })]),
    ...(closedAt === null ? [] : [fact('portal.inquiry_closed', closedAt, { actor: itself ? 'system' : staff, body: by })]),
    ...(status === 'reopened'
      ? [fact('portal.inquiry_reopened', inquiry.changedAt, { actor: openedBy.id, body: { by: 'person' } })]
      : []),
  ]
}

function ofRollout(rollout: Rollout): Fact[] {
  const { id, startedAt, startedBy, endedAt, state, because, steps, witnesses } = rollout
  const fact = (name: string, occurredAt: string, told: { actor?: string; body?: object } = {}): Fact => ({
    name,
    occurredAt,
    subject: id,
    organisationId: null,
    actor: told.actor ?? 'system',
    body: {
      ...factOf(rollout),
      ...told.body,
    },
  })
  const sizeOf = (step: number) => [...witnesses.values()].filter((one) => one.step === step).length
  const began = steps.flatMap(({ startedAt: at, percent }, index) =>
    at === null ? [] : [fact('delivery.rollout_step_started', at, { body: { step: index + 1, percent, size: sizeOf(index) } })],
  )
  const end =
    endedAt === null
      ? []
      : [fact(`delivery.rollout_${state === 'halted' ? 'halted' : 'completed'}`, endedAt, { body: { because: because.text } })]
  return [fact('delivery.rollout_started', startedAt, { actor: startedBy?.id ?? 'system' }), ...began, ...end]
}

function ofRelease({ id, productId, version, createdAt, publishedAt, publishedBy, createdBy, fixes }: Release): Fact[] {
  const about = { subject: id, organisationId: null, actor: publishedBy?.id ?? createdBy?.id ?? 'system' }
  const body = { productId, releaseId: id, version, fixes }
  const published = publishedAt === null ? [] : [{ ...about, name: 'delivery.release_published', occurredAt: publishedAt, body }]
  return [{ ...about, name: 'delivery.release_drafted', occurredAt: createdAt, body }, ...published]
}
