// Who runs this Fairway: the name that customers read everywhere.
import { api, useMe, useVendor } from '#api'
import { Card, Failure, SaveBar, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { Section } from './section.tsx'

export function VendorSection() {
  const { t } = useTranslation()
  const { name } = useVendor()
  const mayChange = useMe().permissions.includes('settings:manage')
  return (
    <Section heading={t('settings.vendors.heading')} lead={mayChange ? undefined : t('settings.vendors.read_only')}>
      {/* Anew after saving, so that what was saved is where changes begin. */}
      {mayChange ? <Rename key={name} name={name} /> : <Preview name={name} />}
    </Section>
  )
}

function Rename({ name }: { name: string }) {
  const { t } = useTranslation()
  const rename = api.useMutation('patch', '/api/v1/vendor')
  const form = useForm({
    initial: { name },
    check: { name: (wish) => (wish.trim() === '' ? t('common.required') : undefined) },
    submit: (wish) => rename.mutateAsync({ body: { name: wish.name.trim() } }),
  })
  return (
    <form className="stack cards" {...form.form}>
      <Card>
        <TextField
          label={t('settings.vendors.name')}
          hint={t('settings.vendors.name_hint')}
          maxLength={60}
          {...form.field('name')}
        />
      </Card>
      <Preview name={form.values.name.trim() || name} />
      <Failure error={form.failure} />
      <SaveBar
        changes={form.changed.length}
        isBusy={form.isBusy}
        onSave={() => form.form.ref.current?.requestSubmit()}
        onDiscard={() => form.reset()}
      />
    </form>
  )
}

function Preview({ name }: { name: string }) {
  const { t } = useTranslation()
  return (
    <Card title={t('settings.vendors.preview')}>
      <div className="stack">
        <span className="vend">
          <i aria-hidden="true">{name[0]}</i>
          {name}
        </span>
        <p className="t2">{t('settings.vendors.welcome', { name })}</p>
        <p className="t3 s13">{t('common.customer_portal', { vendor: name })}</p>
      </div>
    </Card>
  )
}
