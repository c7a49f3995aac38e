// Where one is signed in; each session can be ended, and all others at once.
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, goToSignIn, type Schemas } from '#api'
import { Button, Card, Confirm, Failure, formatFuture, formatTime, ShowMore, Tag } from '#ui'
import { useTranslation } from '#words'
import { endOtherSessions } from './auth.ts'
import { deviceOf } from './device.ts'

/** The newest; the rest when asked for. */
const SHOWN = 5

export const sessionsQuery = api.queryOptions('get', '/api/v1/sessions')

export function SessionsCard() {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const [areAllShown, setAll] = useState(false)
  const { items } = useSuspenseQuery(sessionsQuery).data
  const endOthers = useMutation({ mutationFn: endOtherSessions })
  const sorted = items.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
  const shown = areAllShown ? sorted : sorted.slice(0, SHOWN)
  const others = items.filter(({ isCurrent }) => !isCurrent).length
  return (
    <Card
      title={t('settings.sessions.title')}
      count={items.length}
      actions={
        others > 0 && (
          <Button size="small" onClick={() => setAsked(true)}>
            {t('settings.sessions.end_others')}
          </Button>
        )
      }
      isFlush
    >
      <ul className="lines">
        {shown.map((session) => (
          <OneSession key={session.id} session={session} />
        ))}
      </ul>
      <ShowMore more={items.length > shown.length ? () => setAll(true) : undefined} isComing={false} />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('settings.sessions.end_others_question', { count: others })}
        verb={t('settings.sessions.end_others')}
        busyVerb={t('settings.sessions.ending')}
        onConfirm={() => endOthers.mutateAsync()}
      >
        {t('settings.sessions.end_others_text')}
      </Confirm>
    </Card>
  )
}

function OneSession({ session }: { session: Schemas['Session'] }) {
  const { t } = useTranslation()
  const end = api.useMutation('delete', '/api/v1/sessions/{sessionId}')
  const { id, isCurrent, userAgent, ipAddress, createdAt, expiresAt } = session
  const known = deviceOf(userAgent)
  const device = known ? t('settings.sessions.on', { ...known }) : userAgent?.split(' ')[0] || t('settings.sessions.unknown')
  const about = [
    ipAddress && t('settings.sessions.from', { address: ipAddress }),
    t('settings.sessions.since', { date: formatTime(new Date(createdAt)) }),
    t('settings.sessions.until', { date: formatFuture(new Date(expiresAt)) }),
  ]
  return (
    <li className="row">
      <span className="sp">
        <span className="b">{device}</span> {isCurrent && <Tag>{t('settings.sessions.this')}</Tag>}
        <span className="below">{about.filter(Boolean).join(' · ')}</span>
        <Failure error={end.error} />
      </span>
      <Button
        look="ghost"
        size="small"
        isBusy={end.isPending}
        aria-label={t('settings.sessions.end_label', { device })}
        onClick={() => end.mutate({ params: { path: { sessionId: id } } }, { onSuccess: () => isCurrent && goToSignIn() })}
      >
        {t(end.isPending ? 'settings.sessions.ending' : 'settings.sessions.end')}
      </Button>
    </li>
  )
}
