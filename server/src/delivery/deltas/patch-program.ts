// The program that makes one patch: a process of its own, so that its memory and its end are its own; it ends with whoever started it.
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { type PatchTask, writePatch } from './write-patch.ts'

/** What was estimated may be a little wrong; much more is a fault. */
const MEMORY_LEEWAY = 1.25

export type PatchAnswer = { kind: 'made'; sha256: string; size: number; cpuMs: number } | { kind: 'useless'; cpuMs: number }

async function run(task: PatchTask): Promise<PatchAnswer> {
  const made = await writePatch(task)
  const { user, system } = process.cpuUsage()
  const cpuMs = Math.round((user + system) / 1000)
  return made ? { kind: 'made', ...made, cpuMs } : { kind: 'useless', cpuMs }
}

function beModest(limitBytes: number) {
  setPriority(19)
  try {
    // Where memory runs out, this goes first.
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // Only Linux has it.
  }
  setInterval(() => {
    if (process.memoryUsage.rss() > limitBytes * MEMORY_LEEWAY) fail('It took much more memory than was estimated.')
  }, 200).unref()
}

function fail(reason: string): never {
  console.error(reason)
  process.exit(1)
}

// Whoever started us is gone: nobody wants the patch any more.
process.once('disconnect', () => process.exit(1))
// Written by runPatchProgram alone.
const task = JSON.parse(process.argv[2] ?? '') as PatchTask
beModest(task.settings.memoryBytes)
try {
  const answer = await run(task)
  process.send?.(answer, () => process.exit(0))
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}
