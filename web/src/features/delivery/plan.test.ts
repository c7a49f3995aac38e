// The plan that a person types is checked as the server checks it.
import { expect, test } from 'vitest'
import { addStep, type PlannedStep, problemOfStep, secondsOf, sizesOf, spanOf } from './plan.ts'

const plan = (...percents: string[]): PlannedStep[] =>
  percents.map((percent, key) => ({ key, percent, bake: { amount: '1', unit: 'hour' } }))
const problems = (...percents: string[]) => plan(...percents).map((_, index) => problemOfStep(plan(...percents), index))

test('times are shown in the largest unit that they fill', () => {
  expect(spanOf(3600)).toEqual({ amount: '1', unit: 'hour' })
  expect(spanOf(90)).toEqual({ amount: '90', unit: 'second' })
  expect(spanOf(172_800)).toEqual({ amount: '2', unit: 'day' })
  expect(spanOf(0)).toEqual({ amount: '0', unit: 'minute' })
})

test('times are whole seconds up to thirty days', () => {
  expect(secondsOf({ amount: '1,5', unit: 'hour' })).toBe(5400)
  expect(secondsOf({ amount: '31', unit: 'day' })).toBeUndefined()
  expect(secondsOf({ amount: '0.5', unit: 'second' })).toBeUndefined()
  expect(secondsOf({ amount: '', unit: 'hour' })).toBeUndefined()
  expect(secondsOf({ amount: '0', unit: 'hour' }, 1)).toBeUndefined()
})

test('percent rises and ends at 100', () => {
  expect(problems('5', '25', '100')).toEqual([undefined, undefined, undefined])
  expect(problems('25', '25', '100')).toEqual([undefined, 'rises', undefined])
  expect(problems('5', '50')).toEqual([undefined, 'ends'])
  expect(problems('0', '101', 'x')).toEqual(['percent', 'percent', 'percent'])
})

test('steps reach what the server will count', () => {
  expect(sizesOf(plan('5', '25', '50', '100'), 12)).toEqual([
    { size: 1, reached: 1 },
    { size: 2, reached: 3 },
    { size: 3, reached: 6 },
    { size: 6, reached: 12 },
  ])
  expect(sizesOf(plan('5', '100'), 0).map((one) => one?.size)).toEqual([0, 0])
})

test('a step is added before the last, and the plan stays right', () => {
  const longer = addStep(plan('5', '100'))
  expect(longer.map(({ percent }) => percent)).toEqual(['5', '53', '100'])
  expect(new Set(longer.map(({ key }) => key)).size).toBe(3)
})
