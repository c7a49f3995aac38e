// The wire shapes of rollouts.
import { Type } from 'typebox'
import { Fields, Id, Int32, named, Nullable, OneOf, PageOf, pageQuery, Slug, Text } from '#platform/schemas'
import { FAILURE_KINDS } from './failures.ts'
import { VERDICT_CODES } from './reason.ts'
import { NEXT_CODES } from './whats-next.ts'

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

const Numbers = Type.Object({
  failed: Type.Optional(Type.Integer()),
  reported: Type.Optional(Type.Integer()),
  of: Type.Optional(Type.Integer()),
  pending: Type.Optional(Type.Integer()),
  healthy: Type.Optional(Type.Integer()),
  step: Type.Optional(Type.Integer({ description: 'From 1.' })),
  steps: Type.Optional(Type.Integer()),
  percent: Type.Optional(Type.Number()),
  until: Type.Optional(Type.String()),
})
const Named = Type.Object({ id: Type.String(), name: Type.String() })
const plannedStep = { percent: Type.Number(), bakeSeconds: Type.Integer() }
const step = {
  ...plannedStep,
  startedAt: Nullable(Type.String()),
  size: Nullable(Type.Integer({ description: 'Installations that it added when it started.' })),
}
const Limits = Type.Object({
  minFailed: Type.Integer({ description: 'A rollout halts when at least so many failed …' }),
  maxFailedShare: Type.Number({
    description: '… and that is more than this share of those that reported, of all or of the step;',
  }),
  smallStep: Type.Integer({ description: 'or when all of a step of fewer than this failed.' }),
})

const shown = {
  id: Type.String(),
  productId: Type.String(),
  product: Named,
  channel: Type.String(),
  releaseId: Type.String(),
  version: Type.String(),
  state: OneOf(['running', 'paused', 'halted', 'complete']),
  because: Type.String({ description: 'Why it is where it is.' }),
  step: Type.Integer({ description: 'The step under way, from 1.' }),
  silentAfterSeconds: Type.Integer(),
  tally: Type.Object(
    {
      members: Type.Integer(),
      healthy: Type.Integer(),
      failed: Type.Integer(),
      pending: Type.Integer(),
      notSeen: Type.Integer(),
    },
    { description: 'Of all cohorts so far; in lists as it was judged last.' },
  ),
  startedAt: Type.String(),
  endedAt: Nullable(Type.String()),
}

const StepTally = Type.Object({
  healthy: Type.Integer(),
  updating: Type.Integer(),
  waiting: Type.Integer({ description: 'Heard lately, but not offered it yet.' }),
  silent: Type.Integer({ description: 'Not heard.' }),
  failed: Type.Integer({ description: 'Failed, went back, is not healthy any more, or took it and fell silent.' }),
})

export const RolloutView = named('Rollout', Type.Object({ ...shown, steps: Type.Array(Type.Object(step)) }))
export const RolloutPage = PageOf('RolloutPage', RolloutView)

export const RolloutDetails = named(
  'RolloutDetails',
  Type.Object({
    ...shown,
    startedBy: Nullable(Named),
    endedBy: Nullable(Named),
    verdict: Type.Object({
      kind: OneOf(['advance', 'wait', 'halt', 'ended']),
      code: OneOf(VERDICT_CODES),
      values: Numbers,
      text: Type.String(),
    }),
    next: Type.Object({ at: Nullable(Type.String()), code: OneOf(NEXT_CODES), values: Numbers }),
    limits: Limits,
    rollback: Nullable(
      Type.Object(
        {
          toVersion: Type.String(),
          orderedAt: Type.String(),
          orderedBy: Nullable(Named),
          remaining: Type.Integer({ description: 'Active installations that still run the release.' }),
        },
        { description: 'The order to go back to the release before, where it was given.' },
      ),
    ),
    goesBackTo: Nullable(
      Type.String({ description: 'The version that everybody can be sent back to; null where there is none.' }),
    ),
    steps: Type.Array(
      Type.Object({
        ...step,
        tally: Nullable(StepTally),
        expectedSize: Nullable(Type.Integer({ description: 'What it would add if it started now; null once it has started.' })),
      }),
    ),
  }),
)

export const FailurePage = PageOf(
  'RolloutFailurePage',
  named(
    'RolloutFailure',
    Type.Object({
      installation: Named,
      organisation: Named,
      step: Type.Integer({ description: 'The step that added it, from 1.' }),
      at: Nullable(Type.String()),
      kind: OneOf(FAILURE_KINDS),
      reason: Nullable(Type.String()),
      runsNow: Nullable(Type.String({ description: 'Version.' })),
    }),
  ),
)

export const RolloutDefaults = named(
  'RolloutDefaults',
  Type.Object({ steps: Type.Array(Type.Object(plannedStep)), silentAfterSeconds: Type.Integer(), limits: Limits }),
)
