// The doors to attachments: bytes come as they are and go out as a download, never as a page.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import type { PortalDeps } from '../deps.ts'
import { getInquiry } from '../inquiries/get-inquiry.ts'
import { InquiryPath } from '../inquiries/inquiry-schemas.ts'
import { namePeople } from '../people.ts'
import { addAttachment } from './add-attachment.ts'
import { contentDisposition, MOST_BYTES } from './attachment.ts'
import { AttachmentList, AttachmentPath, AttachmentQuery, AttachmentView, Bytes } from './attachment-schemas.ts'
import { findAttachment, listAttachments } from './attachment-store.ts'
import { viewAttachment } from './view-attachment.ts'

const all = '/api/v1/inquiries/:inquiryId/attachments'

export function attachmentRoutes(http: Http, deps: PortalDeps) {
  uploadRoute(http, deps)
  downloadRoute(http, deps)

  http.get(
    all,
    { schema: { operationId: 'listAttachments', params: InquiryPath, response: { 200: AttachmentList } } },
    async ({ actor, params }) => {
      const inquiry = await getInquiry(deps.db, actor, params.inquiryId)
      const attachments = await listAttachments(deps.db, inquiry.id)
      const nameOf = await namePeople(
        deps,
        attachments.map((one) => one.addedBy),
      )
      return { items: attachments.map((one) => viewAttachment(one, nameOf)) }
    },
  )
}

function uploadRoute(http: Http, deps: PortalDeps) {
  // A scope of its own: here bytes are streamed, everywhere else bodies are small and JSON.
  void http.register(async (child) => {
    const scope = child.withTypeProvider<TypeBoxTypeProvider>()
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null))
    scope.post(
      all,
      {
        schema: {
          operationId: 'addAttachment',
          consumes: ['application/octet-stream'],
          params: InquiryPath,
          querystring: AttachmentQuery,
          body: Type.Any({ description: 'The bytes of the file, 25 MiB at most. The customer sees it.' }),
          response: { 201: AttachmentView },
        },
        config: { scope: 'inquiries:write' },
        bodyLimit: MOST_BYTES,
      },
      async ({ actor, params, query, raw, headers }, reply) => {
        // Whatever is left unread when we refuse is not worth reading.
        reply.header('connection', 'close')
        const announcedBytes = Number(headers['content-length'] ?? 0)
        const added = await addAttachment(deps, actor, { ...params, ...query, bytes: raw, announcedBytes })
        return reply.code(201).send(viewAttachment(added, await namePeople(deps, [added.addedBy])))
      },
    )
  })
}

function downloadRoute(http: Http, deps: PortalDeps) {
  http.get(
    `${all}/:attachmentId`,
    {
      schema: {
        operationId: 'getAttachment',
        produces: ['application/octet-stream'],
        params: AttachmentPath,
        response: { 200: Bytes },
      },
    },
    async ({ actor, params }, reply) => {
      const inquiry = await getInquiry(deps.db, actor, params.inquiryId)
      const attachment = await findAttachment(deps.db, inquiry.id, params.attachmentId)
      const file = attachment && (await deps.files.open(attachment.id))
      if (!attachment || !file)
        throw new Refusal('not_found', 'attachment.unknown', `There is no attachment ${params.attachmentId}.`)
      return reply
        .header('content-type', attachment.mediaType)
        .header('content-length', file.size)
        .header('content-disposition', contentDisposition(attachment.name))
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('x-content-type-options', 'nosniff')
        .send(file.stream)
    },
  )
}
