// A program for stories: takes a file into a store and lets several fetch it, and prints by how much its memory grew at most.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fastify } from 'fastify'
import { openContents } from '#delivery'
import type { Config } from '#platform/config'
import { sendFile } from '#platform/http/send-file'
import { silentLog } from '#platform/log'

const { dataDir, storage, file, readers } = JSON.parse(process.argv[2] ?? '') as Pick<Config, 'dataDir' | 'storage'> & {
  file: string
  readers: number
}
const contents = await openContents({ dataDir, ...(storage && { storage }) }, silentLog)
const http = fastify()
http.get('/:sha256/:size', ({ params, headers }, reply) => {
  // Our own addresses, below.
  const { sha256, size } = params as Record<'sha256' | 'size', string>
  return sendFile(reply, headers, { sha256, size: Number(size), name: 'file', open: (range) => contents.open(sha256, range) })
})
const origin = await http.listen({ host: '127.0.0.1', port: 0 })

/** Reads to the end, keeps nothing. */
async function fetchDigest(path: string) {
  const response = await new Promise<IncomingMessage>(
    (resolve, reject) => void get(`${origin}${path}`, resolve).on('error', reject),
  )
  const digest = createHash('sha256')
  for await (const chunk of response) digest.update(chunk)
  return digest.digest('hex')
}

// What is loaded at first use is no growth.
const small = join(dataDir, 'small')
await writeFile(small, 'small')
const warm = await contents.digest(small)
await contents.take(small, warm)
await buffer(await contents.open(warm.sha256))

const before = process.memoryUsage.rss()
let most = before
const looking = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5)
const content = await contents.digest(file)
await contents.take(file, content)
const mostTaking = most
const fetched = await Promise.all(Array.from({ length: readers }, () => fetchDigest(`/${content.sha256}/${content.size}`)))
clearInterval(looking)
await http.close()
console.log(
  JSON.stringify({
    isWhole: fetched.every((sha256) => sha256 === content.sha256),
    grewTaking: mostTaking - before,
    grewFetching: most - before,
  }),
)
process.exit()
