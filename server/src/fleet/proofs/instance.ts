// Which run of an agent speaks for an installation; one that was replaced and speaks again means two machines.
import type { StoredInstallation } from '../installation.ts'

type Runs = Pick<StoredInstallation, 'instance' | 'instanceSince' | 'supersededInstances'>

interface Speaking {
  instance: string
  /** When it was heard. */
  at: Date
}

const REMEMBERED = 20

/** Whether this run spoke after another had replaced it. What it said before may still wait to be written. */
export function isSuperseded({ instance, instanceSince, supersededInstances }: Runs, speaking: Speaking) {
  const isLate = instanceSince !== null && speaking.at > instanceSince
  return isLate && instance !== speaking.instance && supersededInstances.includes(speaking.instance)
}

/** The run that proved itself last is the current one; the one before it is remembered. */
export function takeOver({ instance, instanceSince, supersededInstances }: Runs, speaking: Speaking): Runs {
  if (instance === speaking.instance) return { instance, instanceSince, supersededInstances }
  const others = supersededInstances.filter((one) => one !== speaking.instance)
  const replaced = instance === null ? [] : [instance]
  return {
    instance: speaking.instance,
    instanceSince: speaking.at,
    supersededInstances: [...others, ...replaced].slice(-REMEMBERED),
  }
}
