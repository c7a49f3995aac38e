// Sends an artifact to people; to a browser that kept an older version of it only the patch (RFC 9842), where no compression is in between.
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import { sendFile } from '#platform/http/send-file'
import type { Artifact } from '../artifacts/artifact.ts'
import type { DeliveryDeps } from '../deps.ts'
import { acceptsDcz, readAvailableDictionary } from './dcz.ts'
import { findMadePatch } from './patch-store.ts'

export async function sendArtifact(
  reply: FastifyReply,
  headers: IncomingHttpHeaders,
  { artifact, db, contents }: Pick<DeliveryDeps, 'db' | 'contents'> & { artifact: Artifact },
) {
  const open = (sha256: string) => (range?: { start: number; end: number }) => contents.open(sha256, range)
  const whole = { ...artifact, open: open(artifact.sha256) }
  if (artifact.plain?.sha256 !== artifact.sha256) return sendFile(reply, headers, whole)
  reply.headers({ vary: 'Accept-Encoding, Available-Dictionary', 'use-as-dictionary': 'match="/api/v1/artifacts/*/file"' })
  const dictionary = acceptsDcz(headers['accept-encoding']) ? readAvailableDictionary(headers['available-dictionary']) : undefined
  const patch = dictionary === undefined ? undefined : await findMadePatch(db, artifact.id, dictionary)
  if (!patch) return sendFile(reply, headers, whole)
  reply.header('content-encoding', 'dcz')
  return sendFile(reply, headers, { ...patch, name: artifact.name, open: open(patch.sha256) })
}
