// Resumable uploads (tus 1.0), as far as a screen can see them: bytes are counted, not kept.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { freshId } from './dice.ts'
import type { World } from './world.ts'

export const UPLOADS_PATH = '/api/v1/uploads'
const HEADERS = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' }

export async function answerUpload(world: World, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'POST') return create(world, request, response)
  const id = request.url?.split('/').at(-1) ?? ''
  const upload = world.uploads.get(id)
  if (!upload) return void response.writeHead(404, HEADERS).end()
  if (request.method === 'PATCH') for await (const chunk of request) upload.came += (chunk as Buffer).length
  const told = { ...HEADERS, 'upload-offset': upload.came, 'upload-length': upload.of }
  response.writeHead(request.method === 'HEAD' ? 200 : 204, told).end()
}

function create({ uploads }: World, request: IncomingMessage, response: ServerResponse) {
  const id = freshId('up')
  uploads.set(id, { came: 0, of: Number(request.headers['upload-length'] ?? 0) })
  response.writeHead(201, { ...HEADERS, location: `${UPLOADS_PATH}/${id}` }).end()
}
