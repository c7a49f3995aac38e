// The wire shapes of rollouts.
import { Type } from 'typebox'
import { Fields, Id, Int32, named, Nullable, OneOf, PageOf, pageQuery, Slug, Text } from '#platform/schemas'

const DAY_SECONDS = 86_400

export const NewRollout = named(
  'NewRollout',
  Fields({
    releaseId: Id,
    channel: Slug,
    steps: Type.Optional(
      Type.Array(
        Fields({ percent: Type.Number({ exclusiveMinimum: 0, maximum: 100 }), bakeSeconds: Int32(0, 30 * DAY_SECONDS) }),
        { minItems: 1, maxItems: 20 },
      ),
    ),
    silentAfterSeconds: Type.Optional(Int32(1, 30 * DAY_SECONDS)),
  }),
)
export const RolloutPath = Fields({ rolloutId: Id })
export const RolloutQuery = Fields({ ...pageQuery, productId: Type.Optional(Slug), channel: Type.Optional(Slug) })
export const SteeringReason = named('SteeringReason', Fields({ reason: Text(500) }))

export const RolloutView = named(
  'Rollout',
  Type.Object({
    id: Type.String(),
    productId: Type.String(),
    channel: Type.String(),
    releaseId: Type.String(),
    version: Type.String(),
    state: OneOf(['running', 'paused', 'halted', 'complete']),
    because: Type.String({ description: 'Why it is where it is.' }),
    step: Type.Integer({ description: 'The step under way, from 1.' }),
    steps: Type.Array(
      Type.Object({
        percent: Type.Number(),
        bakeSeconds: Type.Integer(),
        startedAt: Nullable(Type.String()),
        size: Nullable(Type.Integer({ description: 'Installations that it added.' })),
      }),
    ),
    silentAfterSeconds: Type.Integer(),
    tally: Type.Object({
      members: Type.Integer(),
      healthy: Type.Integer(),
      failed: Type.Integer(),
      pending: Type.Integer(),
      notSeen: Type.Integer(),
    }),
    startedAt: Type.String(),
    endedAt: Nullable(Type.String()),
  }),
)
export const RolloutPage = PageOf('RolloutPage', RolloutView)
