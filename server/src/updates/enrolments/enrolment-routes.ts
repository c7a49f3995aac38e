// The door at which people get an enrolment command.
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { Fields, Id, named, Slug, Text } from '#platform/schemas'
import type { UpdatesDeps } from '../deps.ts'
import { createEnrolment } from './create-enrolment.ts'

const NewEnrolment = named('NewEnrolment', Fields({ organisationId: Id, productId: Slug, channel: Slug, name: Text(120) }))
const EnrolmentView = named(
  'Enrolment',
  Type.Object({
    token: Type.String({ description: 'Shown once; valid for one hour and one installation.' }),
    expiresAt: Type.String(),
    fingerprint: Type.String(),
    command: Type.String({ description: 'To run on the machine of the installation.' }),
  }),
)

export function enrolmentRoutes(http: Http, deps: UpdatesDeps) {
  http.post(
    '/api/v1/enrolments',
    {
      schema: { operationId: 'createEnrolment', body: NewEnrolment, response: { 201: EnrolmentView } },
      config: { scope: 'fleet:write', secretAnswer: true },
    },
    async ({ actor, body }, reply) => reply.code(201).send(await createEnrolment(deps, actor, body)),
  )
}
