// The world of the design's mock-ups: the vendor Varnhold, its customers, and 1.4.2 in the fourth step of five.
import { MEMBERS, STAFF } from '../personas.ts'
import type { World } from '../world.ts'
import { contactsOf, customers, entitlements } from './customers.ts'
import { empty } from './empty.ts'
import { fleet } from './fleet.ts'
import { openInquiries } from './inquiries.ts'
import { fillLog } from './log.ts'
import { pastInquiries } from './past-inquiries.ts'
import { knownErrors, products, releases } from './products.ts'
import { rollouts } from './rollouts.ts'
import { invitations, mails, parked, sessions, tokens } from './settings.ts'

export function full(): World {
  const organisations = customers()
  const installations = new Map(fleet().map((one) => [one.id, one]))
  const world: World = {
    ...empty(),
    vendor: { name: 'Varnhold' },
    organisations,
    installations,
    staff: structuredClone(STAFF),
    members: [...structuredClone(MEMBERS), ...contactsOf(organisations)],
    ...{
      invitations: invitations(),
      tokens: new Map([['pe_developer', tokens()]]),
      sessions: sessions(),
      mails: mails(),
      parked: parked(),
    },
    ...{
      products: products(),
      releases: releases(),
      knownErrors: knownErrors(),
      rollouts: rollouts(),
    },
    entitlements: entitlements(organisations),
    inquiries: [...openInquiries(installations), ...pastInquiries(installations)],
  }
  fillLog(world)
  return world
}
