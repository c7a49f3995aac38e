// A line to a server that a test can narrow: it counts what passes, stops after so many bytes, and cuts.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Valve {
  url: string
  /** Bytes towards the server so far. */
  passed(): number
  /** Lets so many bytes more through to the server, then nothing. */
  stopAfter(bytes: number): void
  /** Cuts what was stopped, and stops nothing any more. */
  open(): void
  close(): Promise<void>
}

export async function createValve(port: number): Promise<Valve> {
  const sockets = new Set<Socket>()
  let [passed, limit] = [0, Infinity]

  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    from.on('data', (chunk) => {
      passed += chunk.length
      to.write(chunk)
      if (passed >= limit) from.pause()
    })
    to.pipe(from)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed: () => passed,
    stopAfter: (bytes) => void (limit = passed + bytes),
    open() {
      limit = Infinity
      cut()
    },
    async close() {
      cut()
      await new Promise((done) => server.close(done))
    },
  }
}
