// Proves that what people do in the mock, and what happens in it by itself, shows in its answers.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { tick } from './clock.ts'
import { openMock } from './testing/open-mock.ts'

const mock = openMock()
const { ask, get, worlds } = mock

afterEach(() => void vi.useRealTimers())

describe('what a person does', () => {
  test('shows in the next answer, and is told to those who listen', async () => {
    worlds.makeAnew('full')
    const stream = await ask('/api/v1/live', { as: 'operator' })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('event: ready')

    await ask('/api/v1/rollouts/ro_57/pause', { as: 'operator', method: 'POST', body: { reason: 'Stock-taking.' } })

    expect((await reader.read()).value).toContain('"name":"delivery.rollout_paused","subject":"ro_57"')
    expect(await get('/api/v1/rollouts/ro_57')).toMatchObject({
      state: 'paused',
      because: 'Stock-taking.',
      next: { code: 'resume' },
    })
    await reader.cancel()
  })

  test('is not told to customers whom it does not concern', async () => {
    worlds.makeAnew('full')
    const stream = await ask('/api/v1/live', { as: 'manager' })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    await reader.read()

    await ask('/api/v1/inquiries/INQ-2051/notes', { method: 'POST', body: { text: 'Inside.' } })
    await ask('/api/v1/inquiries/INQ-2050/notes', { method: 'POST', body: { text: 'Inside.' } })
    await ask('/api/v1/inquiries/INQ-2050/messages', { method: 'POST', body: { text: 'Is it green?' } })

    const heard = (await reader.read()).value
    expect(heard).toContain('"name":"portal.inquiry_answered","subject":"INQ-2050"')
    expect(heard).not.toContain('note_added')
    await reader.cancel()
  })

  test('an answer hands the inquiry over to the customer', async () => {
    await ask('/api/v1/inquiries/INQ-2052/messages', { method: 'POST', body: { text: 'Restart the print service.' } })

    const inquiry = await get<{ status: string; messages: object[] }>('/api/v1/inquiries/INQ-2052')
    expect(inquiry).toMatchObject({ status: 'waits_for_customer', waitsSince: null })
    expect(inquiry.messages.at(-1)).toMatchObject({ from: 'staff', text: 'Restart the print service.' })
  })

  test('a release is drafted, gets its file, and is published', async () => {
    const drafted = (await (
      await ask('/api/v1/releases', { method: 'POST', body: { productId: 'quayline', version: '1.6.0' } })
    ).json()) as { id: string }
    const headers = { cookie: 'mock-as=developer', 'upload-length': '5' }
    const upload = (await fetch(`${mock.address}/api/v1/uploads`, { method: 'POST', headers })).headers.get('location')!
    await fetch(`${mock.address}${upload}`, { method: 'PATCH', headers, body: '12345' })
    const file = { uploadId: upload.split('/').at(-1), platform: 'linux', arch: 'x64', name: 'quayline.tar.zst' }

    expect((await ask(`/api/v1/releases/${drafted.id}/publish`, { method: 'POST' })).status).toBe(409)
    expect(await (await ask(`/api/v1/releases/${drafted.id}/artifacts`, { method: 'POST', body: file })).json()).toMatchObject({
      size: 5,
    })
    expect(await (await ask(`/api/v1/releases/${drafted.id}/publish`, { method: 'POST' })).json()).toMatchObject({
      state: 'published',
      adoption: { running: 0 },
    })
  })
})

test('the second step is shown as on once its code was given', async () => {
  const enabled = (await (await ask('/api/auth/two-factor/enable', { as: 'member', method: 'POST', body: {} })).json()) as {
    backupCodes: string[]
  }
  await ask('/api/auth/two-factor/verify-totp', { as: 'member', method: 'POST', body: { code: '123456' } })

  expect(enabled.backupCodes).toHaveLength(10)
  expect(await get('/api/v1/me', { as: 'member' })).toMatchObject({ twoFactor: { totp: true } })
  expect(await get('/api/v1/me', { as: 'manager' })).toMatchObject({ twoFactor: { totp: false } })
})

describe('the clock', () => {
  const SECONDS = 1000

  /** Lets it tick as often as it would in that time. */
  function passes(seconds: number) {
    const world = worlds.of('full', 'staff')
    for (let passed = 0; passed < seconds; passed += 3) {
      vi.setSystemTime(Date.now() + 3 * SECONDS)
      tick(world, 1)
    }
  }

  test('brings the release to one installation after the other, and closes the inquiry that waited for it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    worlds.makeAnew('full')
    const before = await get<{ tally: { healthy: number } }>('/api/v1/rollouts/ro_57')

    passes(60)

    const after = await get<{ tally: { healthy: number } }>('/api/v1/rollouts/ro_57')
    expect(after.tally.healthy).toBeGreaterThan(before.tally.healthy + 5)
    expect(await get('/api/v1/inquiries/INQ-2043')).toMatchObject({ status: 'closed_by_itself', solvedIn: '1.4.2' })
  })

  test('goes through the last step, and ends the rollout', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    worlds.makeAnew('full')

    passes(3600)

    expect(await get('/api/v1/rollouts/ro_57')).toMatchObject({ state: 'complete', verdict: { kind: 'ended' } })
    expect(await get('/api/v1/outlooks?installationIds=in_8fk2m4')).toMatchObject({
      items: [{ kind: 'current', version: '1.4.2' }],
    })
  })

  test('connects the machine for which a token was made', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    worlds.makeAnew('full')
    const body = { organisationId: 'org_brennmoor', productId: 'quayline', channel: 'stable', name: 'Hall 3' }
    await ask('/api/v1/enrolments', { method: 'POST', body })

    passes(30)

    const { items } = await get<{ items: object[] }>('/api/v1/installations?q=hall+3&organisationId=org_brennmoor')
    expect(items[0]).toMatchObject({ name: 'Hall 3', condition: 'healthy', version: '1.4.1' })
  })
})
