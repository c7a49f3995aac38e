// The slow clock of the mock: every few seconds something happens, so that a screen can be watched while it changes.
import { closeFixed } from './happenings/close-fixed.ts'
import { connectEnrolled } from './happenings/connect-enrolled.ts'
import { moveRollouts } from './happenings/move-rollouts.ts'
import { changeHealth } from './happenings/change-health.ts'
import type { World } from './world.ts'
import type { Worlds } from './worlds.ts'

const TICK_MS = 3000
/** Health changes each so many ticks. */
const HEALTH_EVERY = 10

/** @returns how to stop it */
export function startClock(worlds: Worlds) {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
    for (const world of worlds.all()) if (!world.isStill) tick(world, ticks)
  }, TICK_MS)
  return () => clearInterval(timer)
}

export function tick(world: World, ticks: number) {
  moveRollouts(world)
  connectEnrolled(world)
  closeFixed(world)
  if (ticks % HEALTH_EVERY === 0) changeHealth(world, ticks)
}
