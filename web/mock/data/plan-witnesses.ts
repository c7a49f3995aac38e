// Gives each installation of a channel its step in a rollout, as the salted hash of the server does.
import { dieOf } from '../dice.ts'
import { nowIso } from '../times.ts'
import type { Witness, World } from '../world.ts'

interface Plan {
  productId: string
  channel: string
  /** Of each step, rising. */
  percents: number[]
}

export function planWitnesses({ installations }: Pick<World, 'installations'>, { productId, channel, percents }: Plan) {
  const own = [...installations.values()].filter(
    (one) => one.state === 'active' && one.productId === productId && one.channel === channel,
  )
  const order = own.toSorted((a, b) => hashOf(a.id) - hashOf(b.id))
  const at = nowIso()
  return new Map(
    order.map(({ id }, index): [string, Witness] => {
      const step = percents.findIndex((percent) => index < Math.ceil((percent * order.length) / 100))
      return [id, { step, standing: step === 0 ? 'waiting' : 'to_come', at, reason: null }]
    }),
  )
}

function hashOf(id: string) {
  return dieOf(`cohort ${id}`, 1_000_000)
}
