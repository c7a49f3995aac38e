// The doors to installations: a schema, one call, a status.
import type { Actor, Identity } from '#identity'
import type { Http } from '#platform/http'
import { listOutcomesOfInstallation } from '../check-ins/told-store.ts'
import type { StoredInstallation } from '../installation.ts'
import { type ChangeParts, getInstallation } from './change-installation.ts'
import { clearCopied } from './clear-copied.ts'
import { conditionOf } from './condition.ts'
import { countInstallations, pageInstallations, pageReports } from './installation-queries.ts'
import {
  CountQuery,
  InstallationCounts,
  InstallationDetails,
  InstallationPage,
  InstallationPatch,
  InstallationPath,
  InstallationQuery,
  InstallationView,
  PagePath,
  ReportPage,
} from './installation-schemas.ts'
import { renameInstallation } from './rename-installation.ts'
import { retireInstallation } from './retire-installation.ts'
import { revokeInstallation } from './revoke-installation.ts'
import { showInstallations } from './show-installations.ts'

const RECENT = 20
const path = '/api/v1/installations/:installationId'
const write = { scope: 'fleet:write' } as const

interface Parts extends ChangeParts {
  identity: Pick<Identity, 'organisationsByIds'>
}

export function installationRoutes(http: Http, parts: Parts) {
  const { db, clock } = parts

  http.get(
    '/api/v1/installations',
    { schema: { operationId: 'listInstallations', querystring: InstallationQuery, response: { 200: InstallationPage } } },
    async ({ actor, query }) => {
      const { items, next } = await pageInstallations(db, { actor, now: clock.now() }, query)
      return { items: await showInstallations(parts, actor, items), next }
    },
  )

  http.get(
    '/api/v1/installation-counts',
    { schema: { operationId: 'countInstallations', querystring: CountQuery, response: { 200: InstallationCounts } } },
    ({ actor, query }) => countInstallations(db, { actor, now: clock.now() }, query),
  )

  http.get(
    path,
    { schema: { operationId: 'getInstallation', params: InstallationPath, response: { 200: InstallationDetails } } },
    async ({ actor, params }) => {
      const installation = await getInstallation(db, actor, params.installationId)
      const [reports, outcomes] = await Promise.all([
        pageReports(db, installation.id, { limit: RECENT }),
        listOutcomesOfInstallation(db, installation.id, RECENT),
      ])
      return {
        ...(await show(parts, actor, installation)),
        reports: reports.items,
        outcomes: outcomes.map(({ releaseId, kind, offeredAt, at, reason }) => ({
          releaseId,
          kind,
          reason,
          offeredAt: offeredAt.toISOString(),
          at: at.toISOString(),
        })),
      }
    },
  )

  http.get(
    `${path}/reports`,
    {
      schema: {
        operationId: 'listInstallationReports',
        params: InstallationPath,
        querystring: PagePath,
        response: { 200: ReportPage },
      },
    },
    async ({ actor, params, query }) => {
      const { id } = await getInstallation(db, actor, params.installationId)
      return pageReports(db, id, query)
    },
  )

  changeRoutes(http, parts)
}

function changeRoutes(http: Http, parts: Parts) {
  http.patch(
    path,
    {
      schema: {
        operationId: 'changeInstallation',
        params: InstallationPath,
        body: InstallationPatch,
        response: { 200: InstallationView },
      },
      config: write,
    },
    async ({ actor, params: { installationId }, body: { name } }) =>
      show(
        parts,
        actor,
        name === undefined
          ? await getInstallation(parts.db, actor, installationId)
          : await renameInstallation(parts, actor, { id: installationId, name }),
      ),
  )

  for (const [verb, operationId, act] of [
    ['retire', 'retireInstallation', retireInstallation],
    ['revoke', 'revokeInstallation', revokeInstallation],
    ['clear-copied', 'clearCopiedInstallation', clearCopied],
  ] as const) {
    http.post(
      `${path}/${verb}`,
      { schema: { operationId, params: InstallationPath, response: { 200: InstallationView } }, config: write },
      async ({ actor, params }) => show(parts, actor, await act(parts, actor, params.installationId)),
    )
  }
}

async function show(parts: Parts, actor: Actor, installation: StoredInstallation) {
  const [newest = null] = await listOutcomesOfInstallation(parts.db, installation.id, 1)
  const condition = conditionOf({ ...installation, newest }, parts.clock.now())
  const [view] = await showInstallations(parts, actor, [{ installation, condition }])
  if (!view) throw new Error('One was given, and none was shown.')
  return view
}
