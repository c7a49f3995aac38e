// Reads the plan of a rollout: `5:1h,25:1h,100:1h`, percent and bake time of each step.
import { wrongUsage } from '../failure.ts'
import { parseDuration } from './duration.ts'

export interface PlannedStep {
  percent: number
  bakeSeconds: number
}

const ADVICE = 'Write percent:time of each step, rising to 100, like 5:1h,25:1h,100:1h.'

/** Checked here too, since a publication should not find out at its end. */
export function parseSteps(text: string): PlannedStep[] {
  const steps = text.split(',').map((step) => parseStep(step.trim()))
  const rises = steps.every(({ percent }, index) => percent > (steps[index - 1]?.percent ?? 0))
  if (!rises) throw wrongUsage('Each step of --steps needs a higher percentage than the one before.', ADVICE)
  if (steps.at(-1)?.percent !== 100) throw wrongUsage('The last step of --steps must be 100 percent.', ADVICE)
  return steps
}

function parseStep(text: string): PlannedStep {
  const [percent = '', bake = '', ...rest] = text.split(':')
  const isPercent = /^\d{1,3}(\.\d{1,3})?$/.test(percent) && Number(percent) <= 100
  if (!isPercent || bake === '' || rest.length > 0) throw wrongUsage(`${JSON.stringify(text)} is no step.`, ADVICE)
  return { percent: Number(percent), bakeSeconds: parseDuration(bake, '--steps') }
}
