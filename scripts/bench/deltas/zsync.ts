// What zsync fetches, by its own client from a server of ours that counts the bytes of bodies.
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Pair } from './packages.ts'
import { cpuSecondsOf } from './run-measured.ts'

/** `cpuSeconds`: of making the control file. */
export async function measureZsync({ folder, before, after }: Pair): Promise<{ bytes: number; cpuSeconds: number }> {
  const cpuSeconds = await cpuSecondsOf('zsyncmake', ['-u', after.tar, '-o', 'new.zsync', after.tar], folder)
  let bytes = 0
  const server = createServer((request, response) => {
    serve(folder, request, response).then(
      (sent) => (bytes += sent),
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // It listens on a port.
  const { port } = server.address() as AddressInfo
  await cpuSecondsOf('zsync', ['-q', '-i', before.tar, '-o', 'zsynced', `http://127.0.0.1:${port}/new.zsync`], folder)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return { bytes, cpuSeconds }
}

async function serve(folder: string, request: IncomingMessage, response: ServerResponse): Promise<number> {
  const file = join(folder, (request.url ?? '').slice(1))
  const { size } = await stat(file)
  const ranges = [...(request.headers.range ?? '').matchAll(/(\d+)-(\d+)/g)].map(
    ([, from, to]) => [Number(from), Number(to)] as const,
  )
  if (ranges.length === 0) {
    response.writeHead(200, { 'content-length': size, 'accept-ranges': 'bytes' })
    await pipeline(createReadStream(file), response)
    return size
  }
  return sendParts(file, { response, ranges, size })
}

async function sendParts(
  file: string,
  { response, ranges, size }: { response: ServerResponse; ranges: (readonly [number, number])[]; size: number },
): Promise<number> {
  await using handle = await open(file)
  const pieces: Buffer[] = []
  for (const [from, to] of ranges) {
    const bytes = Buffer.alloc(to - from + 1)
    await handle.read(bytes, 0, bytes.length, from)
    pieces.push(bytes)
  }
  const [first] = ranges
  if (ranges.length === 1 && first) {
    response.writeHead(206, { 'content-range': `bytes ${first[0]}-${first[1]}/${size}`, 'content-length': pieces[0]?.length })
    response.end(pieces[0])
  } else {
    const parts = pieces.flatMap((piece, at) => [
      Buffer.from(`\r\n--PART\r\ncontent-range: bytes ${ranges[at]?.join('-')}/${size}\r\n\r\n`),
      piece,
    ])
    const body = Buffer.concat([...parts, Buffer.from('\r\n--PART--\r\n')])
    response.writeHead(206, { 'content-type': 'multipart/byteranges; boundary=PART', 'content-length': body.length })
    response.end(body)
  }
  // What the parts are wrapped in is left out: that is our choice.
  return pieces.reduce((sum, { length }) => sum + length, 0)
}
