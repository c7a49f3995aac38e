// Which errors mean that PostgreSQL is away, and which are our own.
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { isDatabaseAway } from './db.ts'

const database = (code: string) => Object.assign(new DatabaseError('said by PostgreSQL', 1, 'error'), { code })
const system = (code: string, syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall })

test.each([
  ['it is shut down', database('57P01')],
  ['it crashed', database('57P02')],
  ['it starts', database('57P03')],
  ['it has no connection left', database('53300')],
  ['nobody listens', system('ECONNREFUSED', 'connect')],
  ['the line was cut', system('ECONNRESET', 'read')],
  ['the line was cut in the middle', new Error('Connection terminated unexpectedly')],
])('away: %s', (_name, error) => expect(isDatabaseAway(error)).toBe(true))

test.each([
  ['a constraint', database('23505')],
  ['a wrong statement', database('42601')],
  ['a timeout of a statement', database('57014')],
  ['a full disk', system('ENOSPC', 'write')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['no error at all', 'Connection terminated'],
])('not away: %s', (_name, error) => expect(isDatabaseAway(error)).toBe(false))
