// Now and then an installation fails its check, and the next time it is well again.
import { dieOf } from '../dice.ts'
import type { World } from '../world.ts'
import { turn } from './report.ts'

/** The one that fails because of the clock. */
const ill = new WeakMap<World, string>()

export function changeHealth(world: World, ticks: number) {
  const before = world.installations.get(ill.get(world) ?? '')
  ill.delete(world)
  if (before) return turn(world, before, 'healthy')
  const healthy = [...world.installations.values()].filter(({ condition }) => condition === 'healthy')
  const next = healthy[dieOf(`ill ${ticks}`, Math.max(1, healthy.length))]
  if (!next) return
  turn(world, next, 'failing')
  ill.set(world, next.id)
}
