// The first answers that a page of the web app brings with it: what its screen asks first, asked here, as the person who looks.
import type { FastifyRequest } from 'fastify'
import type { Http } from '#platform/http'
import type { Live } from '#platform/live'

export interface Questions {
  /** Who asks: the other face asks other things. */
  kind: 'staff' | 'member'
  /** Who looks at it comes first; then what every screen of the face asks. */
  asks: string[]
  /** Only where the address has no `?`, which may mean other questions. Names in braces are of the answer to the first one. */
  asksWithoutQuery: string[]
}

export interface Brought {
  /** Pieces of HTML; an empty one where the app must ask itself. */
  answers: Promise<string>[]
  /** Of a session that was prolonged. */
  cookies: string[]
}

interface Found {
  screen: Questions
  params: Record<string, string | undefined>
}
type Answer = Awaited<ReturnType<Asker>>
type Asker = ReturnType<typeof createAsker>

/** What takes longer is asked by the app itself: the page does not wait for it. */
const PATIENCE_MS = 1500
const SESSION = 'fairway.session_token='

interface Deps {
  http: Http
  live: Pick<Live, 'position'>
}

export async function bringAnswers({ http, live }: Deps, request: FastifyRequest, found: Found): Promise<Brought | undefined> {
  if (!request.headers.cookie?.includes(SESSION)) return undefined
  const ask = createAsker(http, request)
  const [who = '', ...others] = found.screen.asks
  // Before anything is read, so that nothing happens unheard between the answers and the stream of the app.
  const behind = await live.position().catch(() => undefined)
  // Alone, since it may prolong the session, which must be told before the page begins.
  const me = behind === undefined ? undefined : await ask(who)
  if (me?.statusCode !== 200) return undefined
  const isTheirs = (me.json<{ kind: string }>().kind === 'staff') === (found.screen.kind === 'staff')
  const always = isTheirs ? others : []
  const own = isTheirs ? ownQuestions(found, request.url) : []
  const first = own[0] === undefined ? Promise.resolve(undefined) : ask(own[0])
  const rest = own.slice(1).map(async (question) => {
    const whole = question.includes('{') ? fillFrom(question, await first) : question
    return whole === undefined ? '' : piece(whole, await ask(whole))
  })
  const all = [
    Promise.resolve(`<script type="application/json" data-behind="${behind}"></script>\n${piece(who, me)}`),
    ...always.map(async (question) => piece(question, await ask(question))),
    ...own.slice(0, 1).map(async (question) => piece(question, await first)),
    ...rest,
  ]
  return { answers: all.map(soon), cookies: [me.headers['set-cookie'] ?? []].flat() }
}

/** Through the doors, as any request: what a person may not see is refused here, too. */
function createAsker(http: Http, { headers, socket }: FastifyRequest) {
  const { origin: _origin, 'if-none-match': _known, 'content-length': _length, ...same } = headers
  return async (url: string) => {
    const own = { ...same, accept: 'application/json', 'sec-fetch-site': 'same-origin' }
    const remoteAddress = socket.remoteAddress ?? ''
    return http.inject({ method: 'GET', url, headers: own, remoteAddress }).catch(() => undefined)
  }
}

/** JSON may stand in a page if no tag can begin in it. */
function piece(question: string, answer: Answer) {
  if (answer?.statusCode !== 200) return ''
  const body = answer.body.replaceAll('<', String.raw`\u003c`)
  return `<script type="application/json" data-ask="${question.replaceAll('&', '&amp;')}">${body}</script>\n`
}

function ownQuestions({ screen, params }: Found, url: string) {
  // Ids and versions need no encoding; anything else is for the app to ask.
  const isPlain = !url.includes('?') && Object.values(params).every((param = '') => /^[\w.~-]*$/.test(param))
  return isPlain ? screen.asksWithoutQuery.map((question) => fill(question, params)) : []
}

function fill(question: string, params: Found['params']) {
  return question.replace(/:(\w+)/g, (_all, name: string) => params[name] ?? '')
}

/** `{productId}` is a field of the first answer, `{items.id}` that of all its items, in order; undefined where there is none. */
function fillFrom(question: string, answer: Answer) {
  if (answer?.statusCode !== 200) return undefined
  const first = answer.json<Record<string, unknown>>()
  const values = (name: string) => {
    const [list = '', field] = name.split('.')
    const found = first[list]
    if (field === undefined) return [String(found ?? '')]
    return Array.isArray(found) ? found.map((item: Record<string, unknown>) => String(item[field])).toSorted() : []
  }
  const whole = question.replace(/\{([\w.]+)\}/g, (_all, name: string) => encodeURIComponent(values(name).join(',')))
  return /=(&|$)/.test(whole) ? undefined : whole
}

async function soon(answer: Promise<string>) {
  let timer: NodeJS.Timeout | undefined
  const impatience = new Promise<string>((resolve) => void (timer = setTimeout(resolve, PATIENCE_MS, '')))
  return Promise.race([answer, impatience]).finally(() => clearTimeout(timer))
}
