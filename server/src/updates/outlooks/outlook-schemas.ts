// The wire shapes of outlooks.
import { type Static, Type } from 'typebox'
import { Fields, named, Nullable, OneOf } from '#platform/schemas'
import { HELD_CODES } from '../resolve-update.ts'

const MAX_IDS = 100
const ID = 'in_[A-Za-z0-9]{1,40}'

export const OutlookQuery = Fields({
  installationIds: Type.String({
    pattern: `^${ID}(,${ID}){0,${MAX_IDS - 1}}$`,
    maxLength: MAX_IDS * 50,
    description: 'One to a hundred ids, with commas between them.',
  }),
})

const rollout = {
  state: OneOf(['running', 'paused']),
  step: Type.Integer({ description: 'The step under way, from 1.' }),
  steps: Type.Integer(),
  percentNow: Type.Number({ description: 'How far the rollout is; 0 before its first step.' }),
  percentHere: Nullable(
    Type.Number({ description: 'The step that holds this installation; of steps to come, as the channel is now.' }),
  ),
}

const outlook = {
  installationId: Type.String(),
  kind: OneOf(['current', 'update', 'held']),
  version: Nullable(Type.String({ description: 'What it runs (current), would get (update) or waits for (held).' })),
  releaseId: Nullable(Type.String()),
  code: Nullable(OneOf(HELD_CODES)),
  text: Nullable(Type.String({ description: 'Why it is held, in a sentence.' })),
}
const share = Nullable(
  Type.Object(
    { running: Type.Integer(), of: Type.Integer() },
    { description: 'Active installations of the product on this channel that run that release, of all.' },
  ),
)

const StaffOutlook = named(
  'StaffOutlook',
  Type.Object({ ...outlook, rollout: Nullable(Type.Object({ id: Type.String(), ...rollout })), share }),
)
const CustomerOutlook = named('Outlook', Type.Object({ ...outlook, rollout: Nullable(Type.Object(rollout)), share }))

// The fuller shape stands first: answers are written by the first one that they fit.
const EitherOutlook = Type.Union([StaffOutlook, CustomerOutlook])
export type OutlookView = Static<typeof EitherOutlook>
export const OutlookList = named('OutlookList', Type.Object({ items: Type.Array(EitherOutlook) }))
