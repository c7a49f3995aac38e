// A real SMTP server that takes every mail a little slowly, and remembers what came, repetitions too.
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

export interface Received {
  messageId: string
  to: string
  /** Decoded as far as our own mails need it. */
  text: string
}

/** Long enough to be killed in. */
const SLOWNESS_MS = 30

export async function aMailbox() {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    async onData(stream, session, done) {
      // Cut off in the middle, it was never received.
      const raw = await text(stream).catch(() => undefined)
      if (raw === undefined) return
      await pause(SLOWNESS_MS)
      received.push({
        messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '',
        to: session.envelope.rcptTo[0]?.address ?? '',
        text: raw.replaceAll('=\r\n', '').replaceAll('=3D', '='),
      })
      done()
    },
  })
  // Clients are killed in the middle: that is what this is for.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo // a TCP server that listens has one
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type Mailbox = Awaited<ReturnType<typeof aMailbox>>
