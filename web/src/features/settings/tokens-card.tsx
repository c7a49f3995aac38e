// One's API tokens: what they may, when they were used, when they end.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { api, type Schemas } from '#api'
import { ActionMenu, Button, Card, type Column, Confirm, Empty, formatTime, Table, Time, RowDots } from '#ui'
import { useTranslation } from '#words'
import { NewToken } from './new-token.tsx'
import { SCOPE_WORDS } from './scopes.ts'
import { TokenShown } from './token-shown.tsx'

export const tokensQuery = api.queryOptions('get', '/api/v1/tokens')
type Token = Schemas['Token']

/** @param isMain to make one is what the page is for. */
export function TokensCard({ isMain = false }: { isMain?: boolean }) {
  const { t } = useTranslation()
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<Schemas['IssuedToken']>()
  const { items } = useSuspenseQuery(tokensQuery).data
  const live = items.filter((token) => !hasEnded(token))
  const past = items.filter(hasEnded)
  const make = (
    <Button
      size="small"
      look={isMain ? 'primary' : 'plain'}
      icon={<IconPlus className="i" aria-hidden />}
      onClick={() => setMaking(true)}
    >
      {t('settings.token.new')}
    </Button>
  )
  return (
    <Card title={t('settings.tokens')} count={live.length || undefined} actions={make} isFlush>
      {live.length === 0 ? <Empty>{t('settings.token.none')}</Empty> : <Tokens tokens={live} />}
      {past.length > 0 && (
        <details className="after">
          <summary>{t('settings.token.past', { count: past.length })}</summary>
          <Tokens tokens={past} />
        </details>
      )}
      <NewToken isOpen={isMaking} onClose={() => setMaking(false)} onMade={setMade} />
      {made && <TokenShown made={made} onClose={() => setMade(undefined)} />}
    </Card>
  )
}

function Tokens({ tokens }: { tokens: Token[] }) {
  const { t } = useTranslation()
  const columns = useColumns()
  return <Table label={t('settings.tokens')} columns={columns} rows={tokens} keyOf={({ id }) => id} />
}

function hasEnded({ revokedAt, expiresAt }: Pick<Token, 'revokedAt' | 'expiresAt'>) {
  return revokedAt !== null || (expiresAt !== null && new Date(expiresAt) <= new Date())
}

function Name({ token: { name, scopes } }: { token: Token }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="b wrap">{name}</span>
      <span className="sub">{scopes.map((scope) => t(`settings.scope.${SCOPE_WORDS[scope]}`)).join(', ')}</span>
    </>
  )
}

function Scopes({ token: { scopes } }: { token: Token }) {
  const { t } = useTranslation()
  return <span className="t2">{scopes.map((scope) => t(`settings.scope.${SCOPE_WORDS[scope]}`)).join(', ')}</span>
}

function Ends({ token: { revokedAt, expiresAt } }: { token: Token }) {
  const { t } = useTranslation()
  if (revokedAt) return t('settings.token.revoked', { date: formatTime(new Date(revokedAt)) })
  if (expiresAt === null) return t('settings.token.never_ends')
  if (hasEnded({ revokedAt, expiresAt })) return t('settings.token.ended', { date: formatTime(new Date(expiresAt)) })
  return <Time at={expiresAt} />
}

function Actions({ token: { id, name } }: { token: Token }) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const revoke = api.useMutation('delete', '/api/v1/tokens/{tokenId}')
  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('settings.token.actions_for', { name })} />}
        items={[{ words: t('settings.token.revoke'), isDangerous: true, onClick: () => setAsked(true) }]}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('settings.token.revoke_question', { name })}
        verb={t('settings.token.revoke')}
        busyVerb={t('settings.token.revoking')}
        onConfirm={() => revoke.mutateAsync({ params: { path: { tokenId: id } } })}
      >
        {t('settings.token.revoke_text')}
      </Confirm>
    </>
  )
}

function useColumns() {
  const { t } = useTranslation()
  const columns: Column<Token>[] = [
    { key: 'name', head: t('settings.token.column_name'), cell: (token) => <Name token={token} /> },
    { key: 'scopes', head: t('settings.token.column_scopes'), cell: (token) => <Scopes token={token} />, rank: 2 },
    {
      key: 'used',
      head: t('settings.token.column_used'),
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <Time at={lastUsedAt} /> : <span className="t3">{t('settings.token.unused')}</span>,
      rank: 2,
    },
    { key: 'ends', head: t('settings.token.column_ends'), cell: (token) => <Ends token={token} />, isRight: true },
    {
      key: 'actions',
      head: <span className="sr">{t('settings.staff.column_actions')}</span>,
      cell: (token) => !hasEnded(token) && <Actions token={token} />,
      isRight: true,
    },
  ]
  return columns
}
