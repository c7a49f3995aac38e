// What is done with a customer as a whole: connect an installation, change the name, archive, restore.
import { IconArchive, IconArchiveOff, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { api, type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { ActionMenu, ButtonLink, Confirm } from '#ui'
import { useTranslation } from '#words'
import { EditCustomer } from './edit-customer.tsx'

export function CustomerActions({ organisation }: { organisation: Schemas['Organisation'] }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const [asked, setAsked] = useState<'edit' | 'archive'>()
  const change = api.useMutation('patch', '/api/v1/organisations/{organisationId}')
  const { id, name, archivedAt } = organisation
  const isArchived = archivedAt !== null
  const close = () => setAsked(undefined)
  return (
    <>
      {permissions.includes('installations:enrol') && !isArchived && (
        <ButtonLink look="primary" to={paths.connect({ organisation: id })}>
          {t('customers.connect')}
        </ButtonLink>
      )}
      {permissions.includes('customers:manage') && (
        <>
          <ActionMenu
            items={[
              { words: t('customers.edit'), icon: <IconPencil className="i" aria-hidden />, onClick: () => setAsked('edit') },
              isArchived
                ? {
                    words: t('customers.restore'),
                    icon: <IconArchiveOff className="i" aria-hidden />,
                    onClick: () => setAsked('archive'),
                  }
                : {
                    words: t('customers.archive'),
                    icon: <IconArchive className="i" aria-hidden />,
                    isDangerous: true,
                    onClick: () => setAsked('archive'),
                  },
            ]}
          />
          <EditCustomer
            key={`${name} ${organisation.language}`}
            organisation={organisation}
            isOpen={asked === 'edit'}
            onClose={close}
          />
          <Confirm
            isOpen={asked === 'archive'}
            onClose={close}
            question={t(isArchived ? 'customers.restore_question' : 'customers.archive_question', { name })}
            verb={t(isArchived ? 'customers.restore' : 'customers.archive')}
            busyVerb={t(isArchived ? 'customers.restoring' : 'customers.archiving')}
            isHarmless={isArchived}
            onConfirm={() => change.mutateAsync({ params: { path: { organisationId: id } }, body: { archived: !isArchived } })}
          >
            {t(isArchived ? 'customers.restore_text' : 'customers.archive_text')}
          </Confirm>
        </>
      )}
    </>
  )
}
