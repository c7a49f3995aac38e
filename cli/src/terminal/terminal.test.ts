// What stands on the terminal: nothing that moves the cursor, no token, and only the answer on stdout.
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { Failure, refused, wrongUsage } from '../failure.ts'
import { explain, explainAsData } from './explain.ts'
import { facts, table } from './layout.ts'
import { plainLine, plainText } from './plain-text.ts'
import { showProgress } from './progress.ts'
import { createVoice } from './voice.ts'

const token = 'fw_0123456789abcdef_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ'

describe('texts of other people', () => {
  test.each([
    ['\u001b[2J\u001b[31mred', '[2J[31mred'],
    ['a\u0007b\u009bc\u007f', 'abc'],
    ['left\u202eright', 'leftright'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ])('%j is shown as %j', (given, shown) => {
    expect(plainText(given)).toBe(shown)
  })

  test('a cell has one line', () => {
    expect(plainLine(' a\r\n b ')).toBe('a b')
    expect(table(['A', 'B'], [['x\ny', null]], '')).toBe('A    B\nx y  -')
  })
})

describe('failures', () => {
  test('say what, where, and what to do', () => {
    const failure = new Failure({
      exitCode: 5,
      code: 'request.invalid',
      detail: 'Two things are wrong.',
      advice: 'Do it otherwise.',
      fields: [
        { pointer: '/a', detail: 'must be a' },
        { pointer: '/b', detail: 'must be b' },
      ],
      requestId: 'rq_1',
    })

    expect(explain(failure)).toBe(
      'Two things are wrong.\n  /a: must be a\n  /b: must be b\nDo it otherwise.\n(request.invalid, request rq_1)',
    )
  })

  test.each([refused('x.y', `Bearer ${token}`), new Error(`invalid header ${token}`), token])('hold no token', (error) => {
    expect(explain(error)).not.toContain(token.slice(3))
    expect(JSON.stringify(explainAsData(error))).not.toContain(token.slice(3))
  })
})

describe('the voice', () => {
  async function hear(manner: { json: boolean; quiet: boolean }) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    // Streams that are no terminals, as in CI.
    const voice = createVoice(manner, { stdout, stderr } as unknown as Parameters<typeof createVoice>[1])
    voice.note('On the way.')
    voice.progress({ label: 'a.zip', total: 100, unit: 'bytes' }).at(60)
    voice.answer({ value: { id: 1 }, text: 'It is there.' })
    stdout.end()
    stderr.end()
    return [await text(stdout), await text(stderr)]
  }

  test('speaks to people', async () => {
    await expect(hear({ json: false, quiet: false })).resolves.toEqual([
      'It is there.\n',
      'On the way.\na.zip: 50 % of 100 bytes\n',
    ])
  })

  test('gives programs one document on stdout, and the rest on stderr', async () => {
    const [stdout, stderr] = await hear({ json: true, quiet: false })

    expect(JSON.parse(stdout ?? '')).toEqual({ id: 1 })
    expect(stderr).toContain('On the way.')
  })

  test('is quiet but for the answer', async () => {
    await expect(hear({ json: false, quiet: true })).resolves.toEqual(['It is there.\n', ''])
  })

  test('gives programs a failure as a document too', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    createVoice({ json: true, quiet: true }, { stdout, stderr } as unknown as Parameters<typeof createVoice>[1]).fail(
      wrongUsage('No.'),
    )
    stdout.end()
    stderr.end()

    expect(JSON.parse(await text(stdout))).toMatchObject({ error: { exitCode: 2, code: 'usage.wrong', detail: 'No.' } })
    expect(await text(stderr)).toContain('No.')
  })
})

test('progress of nothing is finished at once', () => {
  const stream = new PassThrough()

  showProgress({ label: 'empty', total: 0, unit: 'bytes' }, stream as unknown as NodeJS.WriteStream).at(0)

  expect(String(stream.read())).toBe('empty: 100 % of 0 bytes\n')
})

test('absent facts are left out', () => {
  expect(facts({ id: 'a', note: null, name: 'B' })).toBe('id    a\nname  B')
})
