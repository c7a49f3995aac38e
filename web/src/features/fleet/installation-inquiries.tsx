// The inquiries that name an installation.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { Status } from '#ui'
import { useTranslation } from '#words'
import { inquiriesQuery } from './fleet-queries.ts'

export function InstallationInquiries({ installationId }: { installationId: string }) {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(inquiriesQuery(installationId)).data
  if (items.length === 0) return <p className="t3 s13">{t('fleet.no_inquiries')}</p>
  return (
    <ul className="stack" style={{ '--gap': '8px' }}>
      {items.map(({ id, title, status }) => (
        <li key={id} className="s13 inq">
          <Link to={paths.inbox(status.startsWith('closed') ? 'closed' : 'open', id)}>
            {id} {title}
          </Link>
          <Status kind="inquiry" value={status} />
        </li>
      ))}
    </ul>
  )
}
