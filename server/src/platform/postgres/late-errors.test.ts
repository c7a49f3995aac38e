import pg from 'pg'
import { expect, test } from 'vitest'
import { hearLateErrors } from './late-errors.ts'

test('a connection hears its last error also when all listeners were taken off', () => {
  hearLateErrors()
  hearLateErrors()
  const client = new pg.Client()
  client.on('error', () => expect.fail('taken off'))

  client.removeAllListeners()

  expect(client.emit('error', new Error('terminating connection due to unexpected postmaster exit'))).toBe(true)
})
