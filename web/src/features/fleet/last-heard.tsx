// How long ago an installation called, in one unit: a column of them is read at a glance.
import { memo } from 'react'
import { formatDuration, formatExact, useNow } from '#ui'

const EVERY_MS = 20_000
const UNITS_MS = [86_400_000, 3_600_000, 60_000, 1000]

export const LastHeard = memo(function LastHeard({ at }: { at: string }) {
  const age = Math.max(0, useNow(EVERY_MS) - Date.parse(at))
  const unit = UNITS_MS.find((ms) => age >= ms) ?? 1000
  return (
    <time dateTime={at} title={formatExact(new Date(at))}>
      {formatDuration(Math.floor(age / unit) * unit)}
    </time>
  )
})
