// The options that say what is in a release: the same for `release draft` and `release publish`.
import type { Command } from 'commander'
import { collect, collectWords } from '../../arguments/words.ts'

export function withDraftOptions(command: Command) {
  return command
    .requiredOption('--product <product>', 'its id, like till')
    .requiredOption('--version <version>', 'SemVer, like 1.4.2')
    .option('--file <platform/arch=path>', 'a file and the machines it is for; several times', collect)
    .option('--notes <text>', 'what changed, Markdown')
    .option('--notes-file <path>', 'the same from a file')
    .option('--fixes <ids>', 'known errors that it fixes, like KE-118,KE-120', collectWords)
    .option('--minimum-version <version>', 'the oldest version that can go to it directly; older ones go over one in between')
    .option('--replace', 'take this file where the draft has another one for the same machines')
}

export function withRolloutOptions(command: Command) {
  return command
    .option('--steps <plan>', 'percent and bake time of each step, like 5:1h,25:1h,100:1h')
    .option('--silent-after <time>', 'who took it and says nothing for so long has failed, like 30m')
    .option('--watch', 'follow the rollout to its end; 20 if it was halted')
}
