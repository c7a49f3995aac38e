// The customers: who they are; making a new one leads to its page. `?new` opens the form.
import { IconPlus } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { pagesOf, type Schemas, useMe, usePages } from '#api'
import { paths } from '#paths'
import { Button, Card, type Column, ConsolePage, Empty, formatLanguage, ShowMore, Table, Tag, Time } from '#ui'
import { useTranslation } from '#words'
import { NewCustomer } from './new-customer.tsx'

const customersQuery = pagesOf('/api/v1/organisations', { limit: 50 })

export const loader = () => customersQuery.ensure()

export function Component() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const mayMake = useMe().permissions.includes('customers:manage')
  const { items: customers, more, isMoreComing } = usePages(customersQuery)
  const columns = useColumns()
  const add = mayMake && (
    <Button look="primary" icon={<IconPlus className="i" aria-hidden />} onClick={() => setParams({ new: '' })}>
      {t('customers.new')}
    </Button>
  )
  const sentence = t(more ? 'customers.sentence_more' : 'customers.sentence', { count: customers.length })

  return (
    <ConsolePage
      title={t('customers.title')}
      crumbs={[{ words: t('customers.title') }]}
      actions={customers.length > 0 && add}
      heading={customers.length > 0 ? sentence : t('customers.title')}
    >
      {customers.length === 0 ? (
        <Card isFlush>
          <Empty action={add}>{t('customers.empty')}</Empty>
        </Card>
      ) : (
        <div className="card">
          <Table
            label={t('customers.title')}
            columns={columns}
            rows={customers}
            keyOf={({ id }) => id}
            toOf={({ id }) => paths.customer(id)}
          />
        </div>
      )}
      <ShowMore more={more} isComing={isMoreComing} />
      {mayMake && <NewCustomer isOpen={params.has('new')} onClose={() => setParams({}, { replace: true })} />}
    </ConsolePage>
  )
}

function Name({ customer: { id, name, archivedAt } }: { customer: Schemas['Organisation'] }) {
  const { t } = useTranslation()
  return (
    <>
      <Link className="plain" to={paths.customer(id)}>
        {name}
      </Link>{' '}
      {archivedAt && <Tag>{t('customers.archived')}</Tag>}
    </>
  )
}

function useColumns() {
  const { t } = useTranslation()
  const columns: Column<Schemas['Organisation']>[] = [
    { key: 'name', head: t('customers.column_name'), cell: (customer) => <Name customer={customer} /> },
    { key: 'language', head: t('customers.column_language'), cell: ({ language }) => formatLanguage(language), rank: 2 },
    {
      key: 'since',
      head: t('customers.column_since'),
      cell: ({ createdAt }) => <Time at={createdAt} as="date" />,
      isRight: true,
    },
  ]
  return columns
}
