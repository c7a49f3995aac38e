// Staff: who works here and with which roles; administrators invite, change, remove. `?invite` opens the form.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { api, type Schemas, useMe } from '#api'
import { Address, Avatar, Button, Card, type Column, Table, Tag, InvitationActions, InvitedUntil } from '#ui'
import { useTranslation } from '#words'
import { InviteStaff } from './invite-staff.tsx'
import { useRoleWords } from './roles.ts'
import { Section } from './section.tsx'
import { StaffActions } from './staff-actions.tsx'

export const staffQuery = api.queryOptions('get', '/api/v1/staff')
export const staffInvitationsQuery = api.queryOptions('get', '/api/v1/staff/invitations')

interface Row {
  key: string
  person?: Schemas['Staff']
  invitation?: Schemas['Invitation']
}

export function PeopleSection() {
  const { t } = useTranslation()
  const mayManage = useMe().permissions.includes('staff:manage')
  const { items: people } = useSuspenseQuery(staffQuery).data
  const administrators = people.filter(({ roles }) => roles.includes('administrator')).map(({ name }) => name)
  return (
    <Section
      heading={t('settings.staff.sentence', { count: people.length })}
      lead={mayManage ? undefined : t('settings.staff.read_only', { names: administrators.join(', ') })}
    >
      {mayManage ? <ManagedStaff people={people} /> : <Staff people={people} invitations={[]} />}
    </Section>
  )
}

function ManagedStaff({ people }: { people: Schemas['Staff'][] }) {
  const { items } = useSuspenseQuery(staffInvitationsQuery).data
  return <Staff people={people} invitations={items.filter(({ state }) => state === 'open' || state === 'expired')} mayManage />
}

interface StaffProps {
  people: Schemas['Staff'][]
  invitations: Schemas['Invitation'][]
  mayManage?: boolean
}

function Staff({ people, invitations, mayManage = false }: StaffProps) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const [said, setSaid] = useState('')
  const rows: Row[] = [
    ...people.map((person) => ({ key: person.id, person })),
    ...invitations.map((invitation) => ({ key: invitation.id, invitation })),
  ]
  const invite = mayManage && (
    <Button
      size="small"
      look="primary"
      icon={<IconUserPlus className="i" aria-hidden />}
      onClick={() => setParams({ invite: '' })}
    >
      {t('settings.staff.invite')}
    </Button>
  )
  return (
    <Card className="people" title={t('settings.people')} count={people.length} actions={invite} isFlush>
      <Table label={t('settings.people')} columns={useColumns(mayManage, setSaid)} rows={rows} keyOf={({ key }) => key} />
      <p className={said ? 'after t2 s13' : 'sr'} role="status">
        {said}
      </p>
      {mayManage && (
        <InviteStaff isOpen={params.has('invite')} onClose={() => setParams({}, { replace: true })} onSaid={setSaid} />
      )}
    </Card>
  )
}

function useColumns(mayManage: boolean, onSaid: (words: string) => void) {
  const { t } = useTranslation()
  const columns: Column<Row>[] = [
    {
      key: 'person',
      head: t('settings.staff.column_person'),
      cell: (row) => <Who person={row.person} invitation={row.invitation} />,
    },
    {
      key: 'roles',
      head: t('settings.staff.column_roles'),
      cell: (row) => <Roles roles={row.person?.roles ?? row.invitation?.roles ?? []} />,
    },
  ]
  if (!mayManage) return columns
  columns.push({
    key: 'actions',
    head: <span className="sr">{t('settings.staff.column_actions')}</span>,
    isRight: true,
    cell: ({ person, invitation }) =>
      person ? <StaffActions person={person} /> : invitation && <InvitationActions invitation={invitation} onSaid={onSaid} />,
  })
  return columns
}

function Roles({ roles }: { roles: string[] }) {
  const words = useRoleWords()
  return roles.map(words).join(', ')
}

function Who({ person, invitation }: { person: Row['person']; invitation: Row['invitation'] }) {
  const { t } = useTranslation()
  const { id } = useMe()
  const name = person?.name ?? invitation?.email ?? ''
  return (
    <span className="row person">
      <Avatar name={name} />
      <span className="wrap">
        <span className="b">{person ? name : <Address>{name}</Address>}</span>{' '}
        {person?.id === id && <Tag>{t('settings.staff.you')}</Tag>}
        <span className="below">
          {person ? <Address>{person.email}</Address> : invitation && <InvitedUntil {...invitation} />}
        </span>
      </span>
    </span>
  )
}
