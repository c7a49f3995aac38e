// A moment as people read it; the exact time and zone on hover. Live things under an hour are told by their age.
import { useEffect, useState } from 'react'
import { useTranslation } from '#words'
import { formatDate, formatExact, formatFuture, formatTime } from './format.ts'

interface TimeProps {
  at: string
  /** `ago`: 2 minutes ago. `date`: the day alone. Default: the clock. */
  as?: 'time' | 'date' | 'ago'
}

const HOUR_MS = 3_600_000

export function Time({ at, as = 'time' }: TimeProps) {
  const { t } = useTranslation()
  const date = new Date(at)
  const now = useNow(as === 'time' || as === 'date' ? undefined : 20_000)
  const age = now - date.getTime()
  const shown = () => {
    if (as === 'date') return formatDate(date)
    if (age < 0) return formatFuture(date)
    if (as === 'ago' && age < 60_000) return t('common.just_now')
    if (as === 'ago' && age < HOUR_MS) return t('common.minutes_ago', { count: Math.floor(age / 60_000) })
    return formatTime(date)
  }
  return (
    <time dateTime={at} title={formatExact(date)}>
      {shown()}
    </time>
  )
}

/** Milliseconds now; anew after each `everyMs`, where that is given. */
export function useNow(everyMs: number | undefined) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => (everyMs === undefined ? undefined : onTick(everyMs, setNow)), [everyMs])
  return now
}

interface Clock {
  hear: Set<(now: number) => void>
  timer: ReturnType<typeof setInterval>
}

/** One for all who ask as often: a thousand rows then change at once, in one turn. */
const clocks = new Map<number, Clock>()

function onTick(everyMs: number, hear: (now: number) => void) {
  const clock = clocks.get(everyMs) ?? startClock(everyMs)
  clock.hear.add(hear)
  return () => {
    clock.hear.delete(hear)
    if (clock.hear.size > 0) return
    clearInterval(clock.timer)
    clocks.delete(everyMs)
  }
}

function startClock(everyMs: number) {
  const hear: Clock['hear'] = new Set()
  const tick = () => {
    const now = Date.now()
    for (const one of hear) one(now)
  }
  const clock = { hear, timer: setInterval(tick, everyMs) }
  clocks.set(everyMs, clock)
  return clock
}
