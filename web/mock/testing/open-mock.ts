// A mock that listens on a port of its own, for one test file.
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect } from 'vitest'
import { createMock } from '../server.ts'
import { createWorlds, type Scenario } from '../worlds.ts'

export interface As {
  as?: string
  scenario?: Scenario
  method?: string
  body?: object
}

/** Answers as an administrator gets them in the full world, where nothing else is said. */
export function openMock() {
  const worlds = createWorlds({ isStill: true })
  const server = createMock(worlds, { scenario: 'full' })
  const mock = { worlds, address: '', ask, get }

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    mock.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  function ask(path: string, { as = 'administrator', scenario = 'full', method = 'GET', body }: As = {}) {
    const headers = { cookie: `mock-as=${as}; mock-scenario=${scenario}`, 'content-type': 'application/json' }
    return fetch(`${mock.address}${path}`, { method, headers, redirect: 'manual', ...(body && { body: JSON.stringify(body) }) })
  }

  async function get<Answer>(path: string, options: As = {}) {
    const response = await ask(path, options)
    expect(response.status, path).toBe(200)
    return (await response.json()) as Answer
  }

  return mock
}
