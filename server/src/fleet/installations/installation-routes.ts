// The doors to installations: a schema, one call, a status.
import type { Http } from '#platform/http'
import { listOutcomesOfInstallation } from '../check-ins/told-store.ts'
import { type ChangeParts, getInstallation } from './change-installation.ts'
import { clearCopied } from './clear-copied.ts'
import { pageInstallations, pageReports } from './installation-queries.ts'
import {
  InstallationDetails,
  InstallationFilter,
  InstallationPage,
  InstallationPatch,
  InstallationPath,
  InstallationView,
  PagePath,
  ReportPage,
} from './installation-schemas.ts'
import { toView } from './installation-view.ts'
import { renameInstallation } from './rename-installation.ts'
import { retireInstallation } from './retire-installation.ts'
import { revokeInstallation } from './revoke-installation.ts'

const RECENT = 20
const path = '/api/v1/installations/:installationId'
const write = { scope: 'fleet:write' } as const

export function installationRoutes(http: Http, parts: ChangeParts) {
  const { db } = parts

  http.get(
    '/api/v1/installations',
    { schema: { operationId: 'listInstallations', querystring: InstallationFilter, response: { 200: InstallationPage } } },
    ({ actor, query }) => pageInstallations(db, actor, query),
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
        ...toView(actor, installation),
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

function changeRoutes(http: Http, parts: ChangeParts) {
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
      toView(
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
      async ({ actor, params }) => toView(actor, await act(parts, actor, params.installationId)),
    )
  }
}
