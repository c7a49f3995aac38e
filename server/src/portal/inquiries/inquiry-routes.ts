// The doors to inquiries.
import type { Http } from '#platform/http'
import { Nullable } from '#platform/schemas'
import type { PortalDeps } from '../deps.ts'
import { addNote } from './add-note.ts'
import { answerInquiry } from './answer-inquiry.ts'
import { changeInquiry } from './change-inquiry.ts'
import { closeInquiry, confirmSolved } from './close-inquiry.ts'
import { AnyInquiryCounts, AnyInquiryPage, InquiryQuery } from './inquiry-list-schemas.ts'
import { AnyInquiry, InquiryChangeBody, InquiryPath, NewInquiry, NewMessage, NewNote, Reopening } from './inquiry-schemas.ts'
import { openInquiry } from './open-inquiry.ts'
import { reopenInquiry } from './reopen-inquiry.ts'
import { viewCounts } from './view-counts.ts'
import { viewInquiries } from './view-inquiries.ts'
import { viewInquiry } from './view-inquiry.ts'

const config = { scope: 'inquiries:write' } as const
const one = '/api/v1/inquiries/:inquiryId'

export function inquiryRoutes(http: Http, deps: PortalDeps) {
  http.get(
    '/api/v1/inquiries',
    { schema: { operationId: 'listInquiries', querystring: InquiryQuery, response: { 200: AnyInquiryPage } } },
    ({ actor, query }) => viewInquiries(deps, actor, query),
  )

  http.get(
    '/api/v1/inquiry-counts',
    { schema: { operationId: 'countInquiries', response: { 200: AnyInquiryCounts } } },
    ({ actor }) => viewCounts(deps, actor),
  )

  http.post(
    '/api/v1/inquiries',
    { schema: { operationId: 'openInquiry', body: NewInquiry, response: { 201: AnyInquiry } }, config },
    async ({ actor, body }, reply) => {
      const { id } = await openInquiry(deps, actor, body)
      return reply.code(201).send(await viewInquiry(deps, actor, id))
    },
  )

  http.get(
    one,
    { schema: { operationId: 'getInquiry', params: InquiryPath, response: { 200: AnyInquiry } } },
    ({ actor, params }) => viewInquiry(deps, actor, params.inquiryId),
  )

  http.patch(
    one,
    {
      schema: { operationId: 'changeInquiry', params: InquiryPath, body: InquiryChangeBody, response: { 200: AnyInquiry } },
      config,
    },
    async ({ actor, params, body }) => {
      await changeInquiry(deps, actor, { ...params, change: body })
      return viewInquiry(deps, actor, params.inquiryId)
    },
  )

  writingRoutes(http, deps)
  closingRoutes(http, deps)
}

function writingRoutes(http: Http, deps: PortalDeps) {
  http.post(
    `${one}/messages`,
    { schema: { operationId: 'answerInquiry', params: InquiryPath, body: NewMessage, response: { 201: AnyInquiry } }, config },
    async ({ actor, params, body }, reply) => {
      await answerInquiry(deps, actor, { ...params, ...body })
      return reply.code(201).send(await viewInquiry(deps, actor, params.inquiryId))
    },
  )

  http.post(
    `${one}/notes`,
    { schema: { operationId: 'addNote', params: InquiryPath, body: NewNote, response: { 201: AnyInquiry } }, config },
    async ({ actor, params, body }, reply) => {
      await addNote(deps, actor, { ...params, ...body })
      return reply.code(201).send(await viewInquiry(deps, actor, params.inquiryId))
    },
  )
}

function closingRoutes(http: Http, deps: PortalDeps) {
  for (const [verb, operationId, act] of [
    ['close', 'closeInquiry', closeInquiry],
    ['solved', 'confirmSolved', confirmSolved],
  ] as const) {
    http.post(
      `${one}/${verb}`,
      { schema: { operationId, params: InquiryPath, response: { 200: AnyInquiry } }, config },
      async ({ actor, params }) => {
        await act(deps, actor, params.inquiryId)
        return viewInquiry(deps, actor, params.inquiryId)
      },
    )
  }

  http.post(
    `${one}/reopen`,
    {
      schema: { operationId: 'reopenInquiry', params: InquiryPath, body: Nullable(Reopening), response: { 200: AnyInquiry } },
      config,
    },
    async ({ actor, params, body }) => {
      await reopenInquiry(deps, actor, { ...params, text: body?.text })
      return viewInquiry(deps, actor, params.inquiryId)
    },
  )
}
