// Status: tone, icon and word, never colour alone; one table says how each state looks (shared design §4).
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconCornerUpLeft,
  IconDownload,
  IconHandStop,
  IconHelpCircle,
  IconHourglass,
  IconMessageCircle,
  IconPencil,
  IconPlayerPause,
  IconPlugOff,
  IconRefresh,
  IconReload,
  IconRoute,
  IconWifiOff,
} from '@tabler/icons-react'
import { isWord, useTranslation } from '#words'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'mute'
type Look = readonly [Tone, typeof IconCircleCheck]

const LOOKS = {
  condition: {
    healthy: ['ok', IconCircleCheck],
    degraded: ['warn', IconAlertTriangle],
    failing: ['bad', IconCircleX],
    silent: ['mute', IconWifiOff],
    updating: ['info', IconRefresh],
    never: ['mute', IconCircleDashed],
    retired: ['mute', IconPlugOff],
    revoked: ['mute', IconBan],
    unknown: ['mute', IconHelpCircle],
  },
  rollout: {
    running: ['info', IconRoute],
    proving: ['info', IconHourglass],
    paused: ['mute', IconPlayerPause],
    halted: ['bad', IconHandStop],
    complete: ['ok', IconCircleCheck],
  },
  verdict: {
    advance: ['ok', IconCircleCheck],
    wait: ['warn', IconHourglass],
    halt: ['bad', IconHandStop],
    ask: ['warn', IconHelpCircle],
    ended: ['mute', IconCircleCheck],
  },
  step: {
    done: ['ok', IconCircleCheck],
    proving: ['info', IconHourglass],
    to_do: ['mute', IconCircleDashed],
    halted: ['bad', IconHandStop],
    paused: ['mute', IconPlayerPause],
  },
  release: { draft: ['mute', IconPencil], published: ['ok', IconCircleCheck], withdrawn: ['bad', IconBan] },
  mine: {
    new: ['info', IconMessageCircle],
    with_us: ['info', IconMessageCircle],
    waits_for_customer: ['warn', IconCornerUpLeft],
    fix_on_its_way: ['info', IconRoute],
    closed: ['ok', IconCircleCheck],
    closed_by_itself: ['ok', IconCircleCheck],
    reopened: ['warn', IconReload],
  },
  inquiry: {
    new: ['info', IconMessageCircle],
    with_us: ['info', IconMessageCircle],
    waits_for_customer: ['mute', IconCornerUpLeft],
    fix_on_its_way: ['info', IconRoute],
    closed: ['ok', IconCircleCheck],
    closed_by_itself: ['ok', IconCircleCheck],
    reopened: ['warn', IconReload],
  },
  known_error: { draft: ['mute', IconPencil], open: ['warn', IconAlertTriangle], closed: ['ok', IconCircleCheck] },
  report: {
    offered: ['mute', IconCircleDashed],
    downloaded: ['info', IconDownload],
    installed: ['info', IconRefresh],
    healthy: ['ok', IconCircleCheck],
    failed: ['bad', IconCircleX],
    rolled_back: ['warn', IconArrowBackUp],
  },
  mail: {
    waiting: ['info', IconHourglass],
    sent: ['ok', IconCircleCheck],
    kept: ['mute', IconCircleDashed],
    failed: ['bad', IconCircleX],
  },
  reaction: { waiting: ['info', IconReload], parked: ['bad', IconCircleX] },
} as const satisfies Record<string, Record<string, Look>>

type Kind = keyof typeof LOOKS

interface StatusProps<K extends Kind> {
  kind: K
  /** A state that we do not know is shown as it is called, never green. */
  value: (keyof (typeof LOOKS)[K] & string) | (string & {})
  /** What the word needs: the vendor's name, a version. */
  values?: Record<string, string>
  /** Words in place of the state's own, where the place says more: `Rolling out, step 4 of 5`. */
  words?: string
}

export function toneOf(kind: Kind, value: string): Tone {
  return lookOf(kind, value)[0]
}

/** In tables: icon in the mark colour, word in text colour. */
export function Status<K extends Kind>(props: StatusProps<K>) {
  const [tone, Icon] = lookOf(props.kind, props.value)
  return (
    <span className={`st ${tone}`}>
      <Icon className="i" aria-hidden />
      <span>{useWord(props)}</span>
    </span>
  )
}

/** Only the icon, for lists whose words say it; it takes the tone of what stands around it. */
export function StatusIcon({ kind, value }: { kind: Kind; value: string }) {
  const [, Icon] = lookOf(kind, value)
  return <Icon className="i" aria-hidden />
}

/** In heads: with soft ground; at most one in a head. */
export function StatusPill<K extends Kind>(props: StatusProps<K>) {
  const [tone, Icon] = lookOf(props.kind, props.value)
  return (
    <span className={`pill ${tone}`}>
      <Icon className="i" aria-hidden />
      <span>{useWord(props)}</span>
    </span>
  )
}

function useWord<K extends Kind>({ kind, value, values, words }: StatusProps<K>) {
  const { t } = useTranslation()
  if (words !== undefined) return words
  // The table of words has the keys of LOOKS (status.test.ts), so this one stands for all of them.
  const key: string = `status.${kind}.${value}`
  if (!isWord(key)) return value
  return t(key as 'status.condition.healthy', { replace: values ?? {} })
}

function lookOf(kind: Kind, value: string): Look {
  const looks: Record<string, Look> = LOOKS[kind]
  return looks[value] ?? ['mute', IconHelpCircle]
}

export const STATUS_LOOKS: Record<string, Record<string, Look>> = LOOKS
