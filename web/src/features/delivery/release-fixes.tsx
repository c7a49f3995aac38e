// The known errors that a release fixes: who still has them, and which inquiries will close; may be amended at any time.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api } from '#api'
import { paths } from '#paths'
import { Button, Card, type Column, FormDialog, formatNumber, Table, useForm } from '#ui'
import { useTranslation } from '#words'
import { KnownErrorChoice } from './known-error-choice.tsx'
import { forStaff, type KnownError, knownErrorsQuery, type StaffReleaseDetails } from './queries.ts'

interface Fix {
  id: string
  /** Unknown where it is not among those of the product. */
  error: KnownError | undefined
}

export function ReleaseFixes({ release, mayChange }: { release: StaffReleaseDetails; mayChange: boolean }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { data } = useSuspenseQuery(knownErrorsQuery(release.productId))
  const known = forStaff(data.items)
  const fixes = release.fixes.map((id) => ({ id, error: known.find((one) => one.id === id) }))
  const change = mayChange && (
    <Button size="small" onClick={() => setOpen(true)}>
      {t('releases.change_fixes')}
    </Button>
  )
  return (
    <Card title={t('releases.fixes')} actions={change} isFlush className="o3">
      {fixes.length === 0 ? (
        <p className="bd t2 s13">{t(mayChange ? 'releases.fixes_empty' : 'releases.fixes_empty_reader')}</p>
      ) : (
        <FixTable fixes={fixes} />
      )}
      {isOpen && <ChangeFixes release={release} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function FixTable({ fixes }: { fixes: Fix[] }) {
  const { t } = useTranslation()
  const number = (read: (error: KnownError) => number) => (fix: Fix) => (fix.error ? formatNumber(read(fix.error)) : '–')
  const columns: Column<Fix>[] = [
    { key: 'error', head: t('releases.column_known_error'), cell: (fix) => <FixName fix={fix} /> },
    {
      key: 'affected',
      head: t('releases.column_affected'),
      cell: number(({ affected }) => affected.installations),
      isRight: true,
      rank: 2,
    },
    {
      key: 'fixed',
      head: t('releases.column_fixed'),
      cell: number(({ fixedInstallations }) => fixedInstallations),
      isRight: true,
      rank: 2,
    },
    { key: 'open', head: t('releases.column_open'), cell: number(({ openInquiryCount }) => openInquiryCount), isRight: true },
  ]
  return (
    <Table
      label={t('releases.fixes')}
      columns={columns}
      rows={fixes}
      keyOf={({ id }) => id}
      toOf={({ id }) => paths.knownError(id)}
    />
  )
}

function FixName({ fix: { id, error } }: { fix: Fix }) {
  const { t } = useTranslation()
  return (
    <>
      <Link className="plain" to={paths.knownError(id)}>
        {error?.title ?? t('releases.unknown_error')}
      </Link>{' '}
      <span className="t3 nw">{id}</span>
      {error && (
        <span className="sub">
          {t('releases.column_affected')}: {t('releases.affected', { count: error.affected.installations })}
        </span>
      )}
    </>
  )
}

function ChangeFixes({ release, onClose }: { release: StaffReleaseDetails; onClose: () => void }) {
  const { t } = useTranslation()
  const [fixes, setFixes] = useState(release.fixes)
  const amend = api.useMutation('patch', '/api/v1/releases/{releaseId}')
  const form = useForm({
    initial: {},
    async submit() {
      await amend.mutateAsync({ params: { path: { releaseId: release.id } }, body: { fixes } })
      onClose()
    },
  })
  return (
    <FormDialog isOpen onClose={onClose} title={t('releases.change_fixes')} verb={t('releases.save_fixes')} form={form}>
      <KnownErrorChoice product={release.product} chosen={fixes} onChange={setFixes} />
    </FormDialog>
  )
}
