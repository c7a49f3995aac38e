// The OpenAPI document, made from the schemas of the routes; schemas with a title become named components.
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Http } from '../http.ts'
import { Problem } from './problem.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** Registered before the routes, which it watches. */
export async function describeApi(http: Http, { version, publicUrl }: { version: string; publicUrl: string }) {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fairway',
        version,
        description: 'Errors are problem documents (RFC 9457); lists are paged by cursor; POST takes an `Idempotency-Key`.',
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token, `fw_…`' },
          session: { type: 'apiKey', in: 'cookie', name: 'fairway.session_token' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    // What is not under /api/v1 speaks protocols of its own, documented in docs/.
    transform: ({ schema, url }) => ({
      schema: { ...introduce(schema ?? {}, url), hide: schema?.hide ?? !url.startsWith('/api/v1/') },
      url,
    }),
    transformObject: (document) => nameComponents('openapiObject' in document ? document.openapiObject : document.swaggerObject),
  })
  http.get('/api/openapi.json', { schema: { hide: true } }, () => http.swagger())
  await http.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    // A plain address must stay readable, and nothing is asked of others.
    transformStaticCSP: (policy) => policy.replace(/upgrade-insecure-requests;?/, '').replace(' validator.swagger.io', ''),
    uiConfig: { tryItOutEnabled: false, docExpansion: 'none' },
    theme: { title: 'Fairway API', css: [{ filename: 'fairway.css', content: '.swagger-ui .topbar { display: none }' }] },
  })
}

/** The group and the title of an operation, from its address and its name: `startRollout` → Start rollout. */
function introduce(schema: { operationId?: string }, url: string) {
  const words = (schema.operationId ?? '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return { tags: [url.split('/')[3] ?? 'api'], summary: words.charAt(0).toUpperCase() + words.slice(1), ...schema }
}

/** Lifts every titled schema out of its place into `components/schemas`, and adds the problem document to every operation. */
export function nameComponents<Document extends object>(document: Document): Document {
  // The library's type of the document is a union of four versions; here it is plain JSON.
  const root = JSON.parse(JSON.stringify(document)) as JsonObject
  const schemas: JsonObject = {}
  const lift = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(lift)
    if (value === null || typeof value !== 'object') return value
    const lifted = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, lift(part)]))
    const { title, ...schema } = lifted
    const isSchema = typeof title === 'string' && ('type' in lifted || 'anyOf' in lifted || 'enum' in lifted)
    if (!isSchema) return lifted
    schemas[title] = schema
    return { $ref: `#/components/schemas/${title}` }
  }
  root.paths = lift(root.paths ?? {})
  lift(JSON.parse(JSON.stringify(Problem)) as Json)
  addProblems(root.paths as JsonObject)
  root.components = { ...(root.components as JsonObject), schemas }
  return root as Document
}

function addProblems(paths: JsonObject) {
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path as JsonObject))) {
    const { responses } = operation as { responses: JsonObject }
    responses.default = {
      description: 'What went wrong',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
}
