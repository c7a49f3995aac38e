// The sections of the settings: who finds them, and what they need before they are shown.
import type { ComponentType } from 'react'
import type { Schemas } from '#api'
import { AboutSection, aboutQuery } from './about-section.tsx'
import { accountQueries } from './account-cards.tsx'
import { BackupSection } from './backup-section.tsx'
import { EventsSection, parkedQuery } from './events-section.tsx'
import { MailSection, mailsQuery } from './mail-section.tsx'
import { PeopleSection, staffInvitationsQuery, staffQuery } from './people-section.tsx'
import { ProductsSection, productsQuery } from './products-section.tsx'
import { TokensSection } from './tokens-section.tsx'
import { tokensQuery } from './tokens-card.tsx'
import { VendorSection } from './vendor-section.tsx'
import { YouSection } from './you-section.tsx'

export const SECTIONS = ['you', 'tokens', 'people', 'products', 'vendor', 'mail', 'events', 'backup', 'about'] as const
export type SectionKey = (typeof SECTIONS)[number]
type Me = Schemas['Me']

interface Place {
  /** Absent: everybody of staff. */
  isFor?: (me: Me) => boolean
  needs: (me: Me) => object[]
  Shown: ComponentType
}

const runsIt = ({ roles }: Me) => roles.includes('administrator') || roles.includes('operator')

export const PLACES: Record<SectionKey, Place> = {
  you: { needs: () => accountQueries, Shown: YouSection },
  tokens: { needs: () => [tokensQuery], Shown: TokensSection },
  people: {
    needs: ({ permissions }) => [staffQuery, ...(permissions.includes('staff:manage') ? [staffInvitationsQuery] : [])],
    Shown: PeopleSection,
  },
  products: { needs: () => [productsQuery], Shown: ProductsSection },
  vendor: { needs: () => [], Shown: VendorSection },
  // As the server has it: mails may carry links that sign somebody in.
  mail: { isFor: ({ roles }) => roles.includes('administrator'), needs: () => [mailsQuery], Shown: MailSection },
  events: { needs: () => [parkedQuery], Shown: EventsSection },
  backup: { isFor: runsIt, needs: () => [], Shown: BackupSection },
  about: { needs: () => [aboutQuery], Shown: AboutSection },
}

/** Undefined where there is none, or none for this person. */
export function sectionOf(name: string | undefined, me: Me) {
  const key = SECTIONS.find((one) => one === (name ?? 'people'))
  return key && (PLACES[key].isFor?.(me) ?? true) ? key : undefined
}
