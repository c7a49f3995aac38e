// Enrols installations: a token for one machine, which calls a few seconds later.
import { freshId } from '../dice.ts'
import type { Handlers } from '../contract.ts'
import { happen } from '../happen.ts'
import { Problem } from '../problem.ts'
import { after, msOf } from '../times.ts'

const CALLS_AFTER_MS = msOf('12s')

export const enrolmentHandlers = {
  'post /api/v1/enrolments': ({ world, me, body }) => {
    const { organisationId, productId, channel } = body
    const product = world.products.find(({ id }) => id === productId)
    const isEntitled = world.entitlements.some(
      (one) => one.organisationId === organisationId && one.productId === productId && one.channel === channel,
    )
    if (!product || !isEntitled)
      throw new Problem(404, 'enrolment.not_entitled', {
        detail: `The organisation is not entitled to ${productId} on ${channel}.`,
      })
    const token = freshId('fwe')
    world.enrolments.push({ ...body, callsAt: Date.now() + CALLS_AFTER_MS })
    happen(world, { name: 'fleet.enrolment_created', subject: token, actor: me.id, organisationId, body: { ...body } })
    return {
      token,
      expiresAt: after(Date.now(), msOf('1h')),
      fingerprint: product.fingerprint,
      command: `fairway-agent enroll https://fairway.varnhold.example ${token} --fingerprint ${product.fingerprint} --dir /opt/${productId}`,
    }
  },
} satisfies Handlers
