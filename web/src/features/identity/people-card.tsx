// The people of one organisation and who is invited: the same for its managers in the portal and for staff in the console.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Schemas, useMe, usePages } from '#api'
import { Address, Avatar, Button, Card, type Column, Empty, ShowMore, Table, Tag, InvitationActions, InvitedUntil } from '#ui'
import { useTranslation } from '#words'
import { InviteMember } from './invite-member.tsx'
import { MemberActions } from './member-actions.tsx'
import { invitationsQuery, memberPages } from './queries.ts'

export interface OfOrganisation {
  organisation: { id: string; name: string }
}

type Row = { key: string; member?: Schemas['Member']; invitation?: Schemas['Invitation'] }

/** Who may manage sees invitations, too. */
export function PeopleCard({
  organisation,
  mayManage,
  isMain = false,
}: OfOrganisation & {
  mayManage: boolean
  /** To invite is what the page is for. */
  isMain?: boolean
}) {
  return mayManage ? (
    <ManagedPeople organisation={organisation} isMain={isMain} />
  ) : (
    <People organisation={organisation} invitations={[]} />
  )
}

function ManagedPeople({ organisation, isMain }: OfOrganisation & { isMain: boolean }) {
  const { items } = useSuspenseQuery(invitationsQuery(organisation.id)).data
  const pending = items.filter(({ state }) => state === 'open' || state === 'expired')
  return <People organisation={organisation} invitations={pending} mayManage isMain={isMain} />
}

interface PeopleProps extends OfOrganisation {
  invitations: Schemas['Invitation'][]
  mayManage?: boolean
  isMain?: boolean
}

function People({ organisation, invitations, mayManage = false, isMain = false }: PeopleProps) {
  const { t } = useTranslation()
  const [isInviting, setInviting] = useState(false)
  const [said, setSaid] = useState('')
  const { items: members, more, isMoreComing } = usePages(memberPages(organisation.id))
  const columns = useColumns({ organisation, members, mayManage, onSaid: setSaid })
  const rows: Row[] = [
    ...members.map((member) => ({ key: member.id, member })),
    ...invitations.map((invitation) => ({ key: invitation.id, invitation })),
  ]
  const invite = mayManage && (
    <Button
      size="small"
      look={isMain ? 'primary' : 'plain'}
      icon={<IconUserPlus className="i" aria-hidden />}
      onClick={() => setInviting(true)}
    >
      {t('organisation.invite')}
    </Button>
  )
  return (
    <Card className="members" title={t('organisation.people')} count={members.length || undefined} actions={invite} isFlush>
      {rows.length === 0 ? (
        <Empty>{t(mayManage ? 'organisation.empty' : 'organisation.empty_read')}</Empty>
      ) : (
        <Table label={t('organisation.people')} columns={columns} rows={rows} keyOf={({ key }) => key} />
      )}
      <p className={said ? 'told' : 'sr'} role="status">
        {said}
      </p>
      <ShowMore more={more} isComing={isMoreComing} />
      {mayManage && (
        <InviteMember organisation={organisation} isOpen={isInviting} onClose={() => setInviting(false)} onSaid={setSaid} />
      )}
    </Card>
  )
}

interface ColumnsOf extends OfOrganisation {
  members: Schemas['Member'][]
  mayManage: boolean
  onSaid: (words: string) => void
}

function useColumns({ organisation, members, mayManage, onSaid }: ColumnsOf) {
  const { t } = useTranslation()
  const managers = members.filter(({ role }) => role === 'manager').length
  const columns: Column<Row>[] = [
    { key: 'name', head: t('organisation.column_name'), cell: (row) => <Who member={row.member} invitation={row.invitation} /> },
    {
      key: 'role',
      head: t('organisation.column_role'),
      cell: ({ member, invitation }) => t(roleOf(member?.role ?? invitation?.role)),
    },
  ]
  if (!mayManage) return columns
  columns.push({
    key: 'actions',
    head: <span className="sr">{t('organisation.column_actions')}</span>,
    isRight: true,
    cell: ({ member, invitation }) =>
      member ? (
        <MemberActions
          member={member}
          organisation={organisation}
          isLastManager={managers === 1 && member.role === 'manager'}
          onSaid={onSaid}
        />
      ) : (
        invitation && <InvitationActions invitation={invitation} onSaid={onSaid} />
      ),
  })
  return columns
}

const roleOf = (role: string | null | undefined) => (role === 'manager' ? 'organisation.manager' : 'organisation.member')

function Who({ member, invitation }: { member: Row['member']; invitation: Row['invitation'] }) {
  const { t } = useTranslation()
  const { id } = useMe()
  const name = member?.name ?? invitation?.email ?? ''
  return (
    <span className="row member">
      <Avatar name={name} />
      <span className="whole">
        <span className="b">{member ? name : <Address>{name}</Address>}</span>{' '}
        {member?.id === id && <Tag>{t('organisation.you')}</Tag>}
        <span className="second">
          {member ? <Address>{member.email}</Address> : invitation && <InvitedUntil {...invitation} />}
        </span>
      </span>
    </span>
  )
}
