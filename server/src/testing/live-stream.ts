// Reads a stream of live updates over a real socket, as a browser does (WHATWG HTML §9.2).
export interface LiveMessage {
  id: string | undefined
  event: string
  data: string
}

export type LiveStream = Awaited<ReturnType<typeof openLiveStream>>

/** @param server the address it listens on. */
export async function openLiveStream(server: string, headers: Record<string, string>, lastEventId?: string) {
  const stop = new AbortController()
  const answer = await fetch(`${server}/api/v1/live`, {
    headers: { ...headers, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  })
  const messages: LiveMessage[] = []
  const waiting = new Set<() => void>()
  const stream = { status: answer.status, headers: answer.headers, messages, isEnded: false, text: '', close: () => stop.abort() }
  let rest = ''
  void read(answer, (text) => {
    stream.text += text
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    messages.push(...blocks.flatMap(toMessage))
    for (const look of waiting) look()
  }).finally(() => {
    stream.isEnded = true
    for (const look of waiting) look()
  })

  /** Resolves as soon as it is so; refuses after `withinMs`. */
  async function until(isSo: () => boolean, withinMs = 5000) {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`It did not come to be so; the stream said: ${stream.text.slice(-2000)}`)),
        withinMs,
      )
      const look = () => {
        if (!isSo()) return
        clearTimeout(late)
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  }

  return Object.assign(stream, { until, happened: () => messages.filter(({ event }) => event === 'happened').map(toFact) })
}

async function read(answer: Response, hear: (text: string) => void) {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of answer.body ?? []) hear(decoder.decode(chunk, { stream: true }))
  } catch {
    // Cut: the test looks at what came and at `isEnded`.
  }
}

/** A block of comments alone is no message. */
function toMessage(block: string): LiveMessage[] {
  const lines = block.split('\n').filter((line) => !line.startsWith(':'))
  if (lines.length === 0) return []
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  return [{ id: field('id'), event: field('event') ?? 'message', data: field('data') ?? '' }]
}

function toFact({ id, data }: LiveMessage) {
  const fact = JSON.parse(data) as { id: string; name: string; subject: string }
  return { position: id, ...fact }
}
