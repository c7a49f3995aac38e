// Makes an inquiry as it is at its beginning, with what was known of its installations then.
import type { Schemas } from '@fairway/client'
import { nowIso } from '../times.ts'
import { lastSeenAt } from '../views/installation-view.ts'
import type { Inquiry, Installation, World } from '../world.ts'

export type Opening = Pick<Inquiry, 'organisationId' | 'kind' | 'title' | 'text' | 'installations' | 'openedBy'>

/** The newest stands first. */
export function openInquiry(world: World, opening: Opening): Inquiry {
  const numbers = world.inquiries.map(({ id }) => Number(id.slice(4)))
  const inquiry = newInquiry(`INQ-${Math.max(1000, ...numbers) + 1}`, { ...opening, createdAt: nowIso() })
  world.inquiries.unshift(inquiry)
  return inquiry
}

export function newInquiry(id: string, opening: Opening & { createdAt: string }): Inquiry {
  const { createdAt } = opening
  return {
    ...opening,
    id,
    status: 'new',
    changedAt: createdAt,
    closedAt: null,
    waitsSince: createdAt,
    ...{
      assignee: null,
      knownErrorId: null,
      linkedAt: null,
      proof: null,
    },
    ...{
      messages: [],
      notes: [],
      attachments: [],
    },
  }
}

/** What is attached by itself. */
export function reportedBy(installation: Installation): Schemas['InquiryInstallation'] {
  const { id, name, productId, channel, version, health, reports } = installation
  const last = reports[0]
  return {
    installationId: id,
    name,
    productId,
    channel,
    version,
    health,
    lastSeenAt: lastSeenAt(installation),
    lastReport: last
      ? {
          kind: last.kind,
          at: last.receivedAt,
          reason: last.reason,
        }
      : null,
  }
}
