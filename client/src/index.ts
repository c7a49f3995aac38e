// The client of the API, typed by its OpenAPI document: the only way web and CLI reach the server.
import createFetchClient from 'openapi-fetch'
import type { components, paths } from './generated/schema.d.ts'

export type { paths }

export type Schemas = components['schemas']
export type Client = ReturnType<typeof createClient>

/** @param token an API token, `fw_…`; absent in the browser, where the session cookie speaks. */
export function createClient({ server, token }: { server: string; token?: string | undefined }) {
  return createFetchClient<paths>({ baseUrl: server, headers: token ? { authorization: `Bearer ${token}` } : {} })
}
