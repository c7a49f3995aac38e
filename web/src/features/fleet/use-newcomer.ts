// Finds the installation that came with a command: of the same customer, product and channel, with its name, and younger than it.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, onHappened, type Schemas } from '#api'
import { isForStaff } from './fleet-filter.ts'
import type { Connected } from './connect-form.tsx'
import { detailsQuery } from './fleet-queries.ts'

const VALID_MS = 3_600_000
/** In case the connection for live updates is away. */
const LOOK_EVERY_MS = 10_000

export function useNewcomer(connected: Connected): Schemas['StaffInstallationDetails'] | undefined {
  const { organisationId, productId, channel, name } = connected
  const [announced, setAnnounced] = useState<string>()
  useEffect(() => onHappened((event) => void (event.name === 'fleet.installation_enrolled' && setAnnounced(event.subject))), [])
  const query = { organisationId, productId, channel, q: name, limit: 100 }
  const { data: named } = useQuery(
    api.queryOptions('get', '/api/v1/installations', { params: { query } }, { refetchInterval: LOOK_EVERY_MS }),
  )
  const madeAt = Date.parse(connected.expiresAt) - VALID_MS
  const isIt = (one: { organisationId: string; productId: string; channel: string; enrolledAt: string }) =>
    [one.organisationId, one.productId, one.channel].join() === [organisationId, productId, channel].join() &&
    Date.parse(one.enrolledAt) >= madeAt
  const byName = named?.items.find((one) => one.name === name && isIt(one))
  const candidate = byName?.id ?? announced
  const { data } = useQuery({ ...detailsQuery(candidate ?? ''), enabled: candidate !== undefined })
  return data && isForStaff(data) && isIt(data) ? data : undefined
}
