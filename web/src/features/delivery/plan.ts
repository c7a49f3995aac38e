// The plan of a rollout while it is written: steps with percent and time of proof, what they reach, and what is wrong. Pure.
export const UNITS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const
export type Unit = keyof typeof UNITS

/** A time as a person types it. */
export interface Span {
  amount: string
  unit: Unit
}

export interface PlannedStep {
  /** Rows have no other name while they are typed. */
  key: number
  percent: string
  bake: Span
}

export const MAX_STEPS = 20
const MAX_SECONDS = 30 * UNITS.day

/** In the largest unit that it fills: 3600 is 1 hour, 90 is 90 seconds. */
export function spanOf(seconds: number): Span {
  const order: Unit[] = ['day', 'hour', 'minute']
  const unit = order.find((one) => seconds >= UNITS[one] && seconds % UNITS[one] === 0) ?? 'second'
  return { amount: String(seconds / UNITS[unit]), unit: seconds === 0 ? 'minute' : unit }
}

/** Undefined where it is no time that the server takes. */
export function secondsOf({ amount, unit }: Span, least = 0) {
  const number = numberOf(amount)
  if (number === undefined) return undefined
  const seconds = number * UNITS[unit]
  return Number.isInteger(seconds) && seconds >= least && seconds <= MAX_SECONDS ? seconds : undefined
}

/** People of many countries write 2.5 and 2,5. */
function numberOf(text: string) {
  const clean = text.trim().replace(',', '.')
  return /^\d+(\.\d+)?$/.test(clean) ? Number(clean) : undefined
}

export function percentOf({ percent }: PlannedStep) {
  const number = numberOf(percent)
  return number !== undefined && number > 0 && number <= 100 ? number : undefined
}

export type StepProblem = 'percent' | 'rises' | 'ends' | 'bake'

/** What is wrong with a row, as the server would say; the last must reach everyone. */
export function problemOfStep(steps: PlannedStep[], index: number): StepProblem | undefined {
  const step = steps[index]
  if (!step) return undefined
  const percent = percentOf(step)
  if (percent === undefined) return 'percent'
  const before = steps[index - 1]
  if (before && percent <= (percentOf(before) ?? 0)) return 'rises'
  if (index === steps.length - 1 && percent !== 100) return 'ends'
  return secondsOf(step.bake) === undefined ? 'bake' : undefined
}

/** How many installations each row adds, as the server will count: at least so many percent of all, those before included. */
export function sizesOf(steps: PlannedStep[], installations: number) {
  let reached = 0
  return steps.map((step) => {
    const percent = percentOf(step)
    if (percent === undefined) return undefined
    const goal = Math.max(reached, Math.ceil((percent * installations) / 100))
    const size = goal - reached
    reached = goal
    return { size, reached }
  })
}

/** A new row halfway between the last two, so that the plan goes on rising to 100. */
export function addStep(steps: PlannedStep[]): PlannedStep[] {
  const last = steps.at(-1)
  const before = steps.at(-2)
  const middle = Math.round(((before ? (percentOf(before) ?? 0) : 0) + 100) / 2)
  const key = Math.max(0, ...steps.map((step) => step.key)) + 1
  const added = { key, percent: String(middle), bake: last?.bake ?? { amount: '1', unit: 'hour' as const } }
  return last ? [...steps.slice(0, -1), added, last] : [{ ...added, percent: '100' }]
}
