// The worlds that a screen can be looked at in; each is made when it is first asked for.
import { empty, emptyForCustomer } from './data/empty.ts'
import { full } from './data/full.ts'
import { many } from './data/many.ts'
import type { Me } from './contract.ts'
import type { World } from './world.ts'

export const SCENARIOS = {
  full: 'the world of the mock-ups',
  empty: 'a fresh Fairway',
  failing: 'every answer is an error',
  many: '10,000 installations',
}
export type Scenario = keyof typeof SCENARIOS

export interface Worlds {
  of(scenario: Scenario, kind: Me['kind']): World
  /** Its next answer tells of a new one. */
  makeAnew(scenario: Scenario): void
  all(): World[]
}

const MAKERS: Record<string, () => World> = {
  'full staff': full,
  'empty staff': empty,
  'empty member': emptyForCustomer,
  'failing staff': () => ({ ...full(), isFailing: true }),
  'many staff': many,
}

export function isScenario(word: string): word is Scenario {
  return Object.hasOwn(SCENARIOS, word)
}

export function createWorlds({ isStill }: { isStill: boolean }): Worlds {
  const made = new Map<string, World>()
  return {
    of(scenario, kind) {
      // Customers and staff share a world; only the empty one would have no customer.
      const name = `${scenario} ${scenario === 'empty' ? kind : 'staff'}`
      const world = made.get(name) ?? { ...(MAKERS[name] ?? full)(), isStill }
      made.set(name, world)
      return world
    },
    makeAnew(scenario) {
      for (const name of made.keys()) if (name.startsWith(`${scenario} `)) made.delete(name)
    },
    all: () => [...made.values()],
  }
}
