// Live updates: one stream per browser (the tab that holds the lock has it and tells the others), read into the cache of answers.
import { useSyncExternalStore } from 'react'
import { affectedBy, isLog } from './affected.ts'
import { broughtPosition } from './brought.ts'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'

export interface Happened {
  id: string
  name: string
  subject: string
  occurredAt: string
}

type Word =
  | { kind: 'happened'; event: Happened }
  | { kind: 'reset' }
  | { kind: 'state'; isConnected: boolean; position?: string | undefined }
  | { kind: 'hello' }

/** Shown only after this long: a server that starts anew is back before. */
const OFFLINE_AFTER_MS = 5000
const GATHER_MS = 200
const LATER_MS = 1000
const COME_BACK_MS = 5000

let offlineSince: Date | undefined
let isOfflineShown = false
let isLeader = false
/** How far we have heard; at first, when the page was made. */
let position = broughtPosition()
const listeners = new Set<() => void>()
const readers = new Set<(event: Happened) => void>()
const tabs = new BroadcastChannel('fairway-live')

/** Called once, at the start of the app. */
export function listenLive() {
  tabs.addEventListener('message', ({ data }: MessageEvent<Word>) => (data.kind === 'hello' ? answerHello() : take(data)))
  tabs.postMessage({ kind: 'hello' } satisfies Word)
  // Held until this tab closes; then the next one takes over.
  void navigator.locks.request('fairway-live', () => new Promise<never>(lead))
}

/** Since when there is no connection; undefined while there is one, or for the first five seconds without. */
export function useOfflineSince() {
  return useSyncExternalStore(subscribe, () => (isOfflineShown ? offlineSince : undefined))
}

/** Hears each event; returns how to stop. */
export function onHappened(reader: (event: Happened) => void) {
  readers.add(reader)
  return () => void readers.delete(reader)
}

function lead() {
  isLeader = true
  open()
}

function open() {
  const source = new EventSource(position === undefined ? '/api/v1/live' : `/api/v1/live?behind=${position}`)
  const hear = ({ lastEventId }: MessageEvent) => void (position = lastEventId)
  for (const name of ['ready', 'reset', 'happened']) source.addEventListener(name, hear)
  source.addEventListener('ready', () => tell({ kind: 'state', isConnected: true }))
  source.addEventListener('reset', () => {
    tell({ kind: 'state', isConnected: true })
    tell({ kind: 'reset' })
  })
  // Our own words, as the server wrote them: no foreign data comes this way.
  source.addEventListener('happened', ({ data }: MessageEvent<string>) => tell({ kind: 'happened', event: JSON.parse(data) }))
  source.addEventListener('error', () => {
    tell({ kind: 'state', isConnected: false })
    // The browser comes back by itself unless it was refused: by a proxy whose server is away, or since nobody is signed in.
    if (source.readyState !== EventSource.CLOSED) return
    setTimeout(open, COME_BACK_MS)
    // Answered 401, this leads to the sign-in page.
    void client.GET('/api/v1/me').catch(() => undefined)
  })
  source.addEventListener('replaced', () => {
    source.close()
    setTimeout(open, COME_BACK_MS)
  })
}

function tell(word: Word) {
  tabs.postMessage(word)
  take(word)
}

function answerHello() {
  if (isLeader) tabs.postMessage({ kind: 'state', isConnected: offlineSince === undefined, position } satisfies Word)
}

function take(word: Word) {
  if (word.kind === 'state') {
    if (isBehind(word.position)) void queryClient.invalidateQueries()
    return takeState(word.isConnected)
  }
  if (word.kind === 'reset') return void queryClient.invalidateQueries()
  if (word.kind === 'hello') return
  for (const reader of readers) reader(word.event)
  for (const path of affectedBy(word.event.name)) stale.add(path)
  gathering ??= setTimeout(refresh, GATHER_MS)
}

/** Another tab heard more than this page, which was made before it. */
function isBehind(theirs: string | undefined) {
  if (isLeader || position === undefined || theirs === undefined) return false
  const [ours, heard] = [position, theirs].map((one) => one.split('.').map(BigInt))
  position = theirs
  const differing = heard?.findIndex((part, place) => part !== ours?.[place]) ?? -1
  return differing !== -1 && (heard?.[differing] ?? 0n) > (ours?.[differing] ?? 0n)
}

function takeState(isConnected: boolean) {
  if (isConnected && offlineSince) {
    offlineSince = undefined
    isOfflineShown = false
    void queryClient.invalidateQueries()
  } else if (!isConnected && !offlineSince) {
    offlineSince = new Date()
    const since = offlineSince
    setTimeout(() => {
      isOfflineShown = offlineSince === since
      announce()
    }, OFFLINE_AFTER_MS)
  }
  announce()
}

const stale = new Set<string>()
let gathering: ReturnType<typeof setTimeout> | undefined

/** Many events come together (a step of a rollout); each answer is asked for once, and again after it where more happened meanwhile. */
function refresh() {
  gathering = undefined
  const beginnings = [...stale]
  stale.clear()
  const isStale = ({ queryKey: [, path] }: { queryKey: readonly unknown[] }) =>
    typeof path === 'string' && !isLog(path) && beginnings.some((beginning) => path.startsWith(beginning))
  // What is under way is not begun anew, or a long list would never arrive while events come.
  for (const { queryKey } of queryClient.getQueryCache().findAll({ predicate: isStale, fetchStatus: 'fetching' })) {
    stale.add(String(queryKey[1]))
    gathering ??= setTimeout(refresh, LATER_MS)
  }
  void queryClient.invalidateQueries({ predicate: isStale }, { cancelRefetch: false })
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function announce() {
  for (const listener of listeners) listener()
}
