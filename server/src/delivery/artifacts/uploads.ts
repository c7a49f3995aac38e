// Resumable uploads by tus 1.0 (tus.io/protocols/resumable-upload): each belongs to the person who began it, and expires when abandoned.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { mkdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { newId } from '#platform/ids'
import type { Log } from '#platform/log'

export const UPLOADS_PATH = '/api/v1/uploads'
const MAX_BYTES = 8 * 2 ** 30
const EXPIRE_MS = 24 * 3_600_000
const ID = /^up_[0-9a-z]{16}$/

export interface Uploads {
  handle(owner: string, request: IncomingMessage, response: ServerResponse): Promise<void>
  /** The file of a finished upload of this owner, or undefined. */
  findFinished(owner: string, uploadId: string): Promise<{ file: string; size: number } | undefined>
  forget(uploadId: string): Promise<void>
  forgetAbandoned(): Promise<void>
}

export function createUploads(folder: string, log: Log): Uploads {
  mkdirSync(folder, { recursive: true })
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: EXPIRE_MS })
  const owners = new WeakMap<IncomingMessage, string>()
  const ownerOf = async (id: string) =>
    ID.test(id) ? (await store.getUpload(id).catch(() => undefined))?.metadata?.owner : undefined

  const tus = new Server({
    path: UPLOADS_PATH,
    datastore: store,
    maxSize: MAX_BYTES,
    relativeLocation: true,
    respectForwardedHeaders: false,
    // No page of another origin has business here.
    allowedOrigins: () => false,
    namingFunction: () => newId('up'),
    getFileIdFromRequest: (_request, lastPath) => (lastPath !== undefined && ID.test(lastPath) ? lastPath : undefined),
    async onIncomingRequest(request, uploadId) {
      // A POST has its new id here, which nobody owns yet.
      if (!uploadId || request.method === 'POST') return
      const asking = ownerOfRequest(request.runtime?.node?.req)
      // Not 403: that an upload exists is nobody else's business.
      // oxlint-disable-next-line no-throw-literal -- the library takes only this shape
      if (asking === undefined || (await ownerOf(uploadId)) !== asking)
        throw { status_code: 404, body: 'There is no such upload.\n' }
    },
    async onResponseError(_request, error) {
      // Asked for what we never offered (501 would say that we are at fault).
      if ('status_code' in error) return error.status_code >= 500 ? { ...error, status_code: 400 } : undefined
      // The library would send its message, with the paths of our disk.
      log.error({ err: error }, 'an upload failed')
      return { status_code: 500, body: 'Something went wrong on our side.\n' }
    },
    async onUploadCreate(request) {
      return { metadata: { owner: ownerOfRequest(request.runtime?.node?.req) ?? null } }
    },
  })

  function ownerOfRequest(request: object | undefined) {
    return request && owners.get(request as IncomingMessage)
  }

  return {
    handle(owner, request, response) {
      owners.set(request, owner)
      return tus.handle(request, response)
    },
    async findFinished(owner, uploadId) {
      if ((await ownerOf(uploadId)) !== owner) return undefined
      const { size, offset } = await store.getUpload(uploadId)
      return size !== undefined && size === offset ? { file: join(folder, uploadId), size } : undefined
    },
    async forget(uploadId) {
      await rm(join(folder, uploadId), { force: true })
      await rm(join(folder, `${uploadId}.json`), { force: true })
    },
    forgetAbandoned: () => removeUntouched(folder),
  }
}

/** By the age of the files themselves: the library's own way stops at the first record that a crash left half written. */
async function removeUntouched(folder: string) {
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    // Taken or removed in the meantime: then it is nobody's any more.
    const touched = await stat(file).catch(() => undefined)
    if (touched && touched.mtimeMs < Date.now() - EXPIRE_MS) await rm(file, { force: true })
  }
}
