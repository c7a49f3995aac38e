import { expect, test } from 'vitest'
import { nextOrder } from './still-order.ts'

test.each([
  ['nobody looks: the new order', ['a', 'b'], ['b', 'a'], false, ['b', 'a']],
  ['somebody looks: the old one', ['a', 'b'], ['b', 'a'], true, ['a', 'b']],
  ['somebody looks, and one has left: it keeps its place', ['a', 'b'], ['b', 'c'], true, ['a', 'b']],
  ['more are shown: they come behind', ['a', 'b'], ['c', 'b', 'a', 'd'], true, ['a', 'b', 'c', 'd']],
])('%s', (_title, ids, fresh, isHeld, expected) => {
  expect(nextOrder(ids, fresh, isHeld)).toEqual(expected)
})
