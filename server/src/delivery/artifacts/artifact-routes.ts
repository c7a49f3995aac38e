// The doors for bytes: uploads by tus, and the download of one artifact by people.
import { actorLabel, isStaff } from '#identity'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { hijack } from '#platform/http/hijack'
import { Fields, Id } from '#platform/schemas'
import { sendArtifact } from '../deltas/send-artifact.ts'
import type { DeliveryDeps } from '../deps.ts'
import { listReleasesFor } from '../entitlements/entitlement-store.ts'
import { mayChangeReleases } from '../releases/release-policy.ts'
import { findArtifact } from './artifact-store.ts'
import { type Uploads, UPLOADS_PATH } from './uploads.ts'

const FilePath = Fields({ artifactId: Id })

export async function artifactRoutes(http: Http, deps: DeliveryDeps & { uploads: Uploads }) {
  await http.register(async (scope) => {
    // The library reads the body itself; no GET: it would hand the whole file to anybody who knows the id (research: T11).
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null, undefined))
    scope.route({
      method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      url: `${UPLOADS_PATH}*`,
      schema: { hide: true },
      config: { scope: 'releases:write', repeatable: false },
      async handler(request, reply) {
        if (!mayChangeReleases(request.actor))
          throw new Refusal('forbidden', 'upload.not_yours', 'Only developers and administrators may upload.')
        await deps.uploads.handle(actorLabel(request.actor), request.raw, hijack(reply))
      },
    })
  })

  http.get(
    '/api/v1/artifacts/:artifactId/file',
    { schema: { hide: true, params: FilePath } },
    async ({ actor, params, headers }, reply) => {
      const artifact = await findArtifact(deps.db, params.artifactId)
      const entitled = actor.kind === 'member' ? await listReleasesFor(deps.db, actor.organisationId) : []
      const maySee =
        artifact && (isStaff(actor) || (artifact.releaseState === 'published' && entitled.includes(artifact.releaseId)))
      if (!maySee) throw new Refusal('not_found', 'artifact.unknown', `There is no artifact ${params.artifactId}.`)
      return sendArtifact(reply, headers, { ...deps, artifact })
    },
  )
}
