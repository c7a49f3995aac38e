// Events that a reaction could not handle: tried again by themselves ten times, then decided by a person.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { ActionMenu, type Column, Confirm, Empty, Status, Table, Time, RowDots, useFailureWords } from '#ui'
import { useTranslation } from '#words'
import { Section } from './section.tsx'

export const parkedQuery = api.queryOptions('get', '/api/v1/parked-events', undefined, { refetchInterval: 15_000 })
type Parked = Schemas['ParkedEvent']

export function EventsSection() {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(parkedQuery).data
  const count = items.filter(({ state }) => state === 'parked').length
  return (
    <Section
      heading={count === 0 ? t('settings.parked.heading_none') : t('settings.parked.heading', { count })}
      lead={t('settings.parked.lead')}
    >
      <div className="card">{items.length === 0 ? <Empty>{t('settings.parked.none')}</Empty> : <Backlog items={items} />}</div>
    </Section>
  )
}

function Backlog({ items }: { items: Parked[] }) {
  const { t } = useTranslation()
  const { roles } = useMe()
  const mayDecide = roles.includes('administrator') || roles.includes('operator')
  const [said, setSaid] = useState('')
  const columns = useColumns(mayDecide, setSaid)
  return (
    <>
      <Table
        label={t('settings.events')}
        columns={columns}
        rows={items}
        keyOf={({ reaction, eventId }) => `${reaction} ${eventId}`}
      />
      <p className={said || !mayDecide ? 'after t2 s13' : 'sr'} role="status">
        {mayDecide ? said : t('settings.parked.read_only')}
      </p>
    </>
  )
}

function What({ item }: { item: Parked }) {
  const { t } = useTranslation()
  const { reaction, lastError, attempts, state, nextAt } = item
  return (
    <span className="wrap">
      <span className="mono">{reaction}</span>
      <span className="sub">
        <About item={item} />
        {state === 'waiting' && (
          <>
            {' '}
            · {t('settings.parked.column_next')}: <Time at={nextAt} />
          </>
        )}
      </span>
      {lastError && (
        <span className="below bad fg">
          {lastError} ({t('settings.mails.attempts', { count: attempts })})
        </span>
      )}
    </span>
  )
}

function About({ item: { subject, eventId } }: { item: Parked }) {
  return (
    <Link className="mono under" to={paths.timeline({ subject, event: eventId })}>
      {subject}
    </Link>
  )
}

function Actions({ item: { reaction, eventId, subject }, onSaid }: { item: Parked; onSaid: (words: string) => void }) {
  const { t } = useTranslation()
  const failureWords = useFailureWords()
  const [isAsked, setAsked] = useState(false)
  const retry = api.useMutation('post', '/api/v1/parked-events/retry')
  const skip = api.useMutation('post', '/api/v1/parked-events/skip')
  const body = { reaction, eventId }
  const retryNow = () =>
    retry.mutate(
      { body },
      {
        onSuccess: () => onSaid(t('settings.parked.retried')),
        onError: (error) => onSaid(failureWords(error)),
      },
    )
  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('settings.parked.actions_for', { reaction, subject })} />}
        items={[
          { words: t('settings.parked.retry'), onClick: retryNow },
          { words: t('settings.parked.skip'), isDangerous: true, onClick: () => setAsked(true) },
        ]}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('settings.parked.skip_question', { reaction })}
        verb={t('settings.parked.skip')}
        busyVerb={t('settings.parked.skipping')}
        onConfirm={() => skip.mutateAsync({ body })}
      >
        {t('settings.parked.skip_text', { subject })}
      </Confirm>
    </>
  )
}

function useColumns(mayDecide: boolean, onSaid: (words: string) => void) {
  const { t } = useTranslation()
  const columns: Column<Parked>[] = [
    { key: 'what', head: t('settings.parked.column_what'), cell: (item) => <What item={item} /> },
    { key: 'about', head: t('settings.parked.column_about'), cell: (item) => <About item={item} />, rank: 2 },
    { key: 'state', head: t('settings.parked.column_state'), cell: ({ state }) => <Status kind="reaction" value={state} /> },
    {
      key: 'next',
      head: t('settings.parked.column_next'),
      cell: ({ state, nextAt }) => state === 'waiting' && <Time at={nextAt} />,
      isRight: true,
      rank: 2,
    },
  ]
  if (mayDecide)
    columns.push({
      key: 'actions',
      head: <span className="sr">{t('settings.parked.column_actions')}</span>,
      cell: (item) => item.state === 'parked' && <Actions item={item} onSaid={onSaid} />,
      isRight: true,
    })
  return columns
}
