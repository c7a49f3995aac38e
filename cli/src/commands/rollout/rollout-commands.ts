// fairway rollout: the way of a release to installations.
import type { Command } from 'commander'
import { addHaltRollout } from './halt-rollout.ts'
import { addListRollouts } from './list-rollouts.ts'
import { addPauseRollout } from './pause-rollout.ts'
import { addResumeRollout } from './resume-rollout.ts'
import { addRollBackRollout } from './roll-back-rollout.ts'
import { addShowRollout } from './show-rollout.ts'
import { addStartRollout } from './start-rollout.ts'
import { addWatchRollout } from './watch-rollout.ts'

export function addRolloutCommands(program: Command) {
  const rollout = program.command('rollout').description('the way of a release to installations')
  for (const add of [
    addStartRollout,
    addWatchRollout,
    addListRollouts,
    addShowRollout,
    addPauseRollout,
    addResumeRollout,
    addHaltRollout,
    addRollBackRollout,
  ])
    add(rollout)
}
