// Inquiries as customers see them, and as staff do.
import type { Schemas } from '@fairway/client'
import type { Me } from '../contract.ts'
import type { Inquiry, World } from '../world.ts'
import { nameOfOrganisation } from './installation-view.ts'
import { hasFault, isOpen } from './known-error-view.ts'
import { installationsOf, viewFix, viewStations } from './station-view.ts'

type Summary = Schemas['InquirySummary']
type StaffSummary = Schemas['InquirySummaryForStaff']

function common(inquiry: Inquiry) {
  const { id, organisationId, kind, title, status, createdAt, changedAt, closedAt, proof } = inquiry
  return { id, organisationId, kind, title, status, createdAt, changedAt, closedAt, solvedIn: proof?.version ?? null }
}

function firstInstallations({ installations }: Inquiry) {
  return installations.slice(0, 3).map(({ installationId, name }) => ({ id: installationId, name }))
}

export function summariseForCustomer(inquiry: Inquiry): Summary {
  const openedBy = { name: inquiry.openedBy.name }
  return { view: 'customer', ...common(inquiry), openedBy, installations: firstInstallations(inquiry) }
}

export function summariseForStaff(world: World, inquiry: Inquiry): StaffSummary {
  const { openedBy, assignee, knownErrorId, waitsSince, organisationId, installations } = inquiry
  const last = inquiry.messages.at(-1)
  return {
    view: 'staff',
    ...common(inquiry),
    organisation: {
      id: organisationId,
      name: nameOfOrganisation(world, organisationId),
    },
    openedBy,
    assignee,
    knownErrorId,
    waitsSince,
    productId: installations[0]?.productId ?? null,
    installations: firstInstallations(inquiry),
    lastMessage: last
      ? {
          from: last.from,
          at: last.createdAt,
        }
      : null,
  }
}

export function viewInquiry(world: World, me: Me, inquiry: Inquiry): Schemas['Inquiry'] | Schemas['InquiryForStaff'] {
  const { text, proof, installations, messages, attachments, openedBy, assignee, notes, waitsSince } = inquiry
  const shown = {
    ...common(inquiry),
    text,
    proof,
    installations,
    messages,
    attachments,
    fix: viewFix(world, inquiry),
    stations: viewStations(world, inquiry),
    knownError: viewKnownError(world, inquiry),
  }
  if (me.kind === 'member') return { view: 'customer', ...shown, openedBy: { name: openedBy.name } }
  const organisation = { id: inquiry.organisationId, name: nameOfOrganisation(world, inquiry.organisationId) }
  return { view: 'staff', ...shown, organisation, openedBy, assignee, notes, waitsSince, suggestions: suggest(world, inquiry) }
}

function viewKnownError({ knownErrors }: World, { knownErrorId }: Inquiry): Schemas['KnownErrorRef'] | null {
  const found = knownErrors.find(({ id }) => id === knownErrorId)
  return found ? { id: found.id, title: found.title, workaround: found.workaround } : null
}

/** Open ones that its installations have; the best explained first. */
function suggest(world: World, inquiry: Inquiry): Schemas['KnownErrorSuggestion'][] {
  if (inquiry.knownErrorId !== null || !isOpen(inquiry)) return []
  const installations = installationsOf(world, inquiry)
  const words = tellingWords(inquiry.title)
  return world.knownErrors
    .filter((error) => error.state === 'open' && installations.some((one) => hasFault(world, error, one)))
    .map((error) => {
      const reasons: Schemas['KnownErrorSuggestion']['reasons'] = ['version_affected']
      if (tellingWords(error.title).some((word) => words.includes(word))) reasons.push('title_alike')
      if (world.inquiries.some((one) => one.knownErrorId === error.id)) reasons.push('asked_lately')
      return { knownError: { id: error.id, title: error.title, workaround: error.workaround }, reasons }
    })
    .toSorted((a, b) => b.reasons.length - a.reasons.length)
    .slice(0, 3)
}

function tellingWords(title: string) {
  return title
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 3)
}
