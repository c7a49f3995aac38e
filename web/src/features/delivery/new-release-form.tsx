// The form of a new release of one product; its notes are kept on this device until it is made.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { Button, Failure, type Form, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { KnownErrorChoice } from './known-error-choice.tsx'
import { NotesField } from './notes-field.tsx'
import { productReleasesQuery } from './queries.ts'
import { isVersion, nextVersions } from './versions.ts'

const keptAt = (productId: string) => `fairway-new-release-${productId}`

export function NewReleaseForm({ product }: { product: Schemas['Product'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { items: releases } = useSuspenseQuery(productReleasesQuery(product.id)).data
  const create = api.useMutation('post', '/api/v1/releases')
  const [fixes, setFixes] = useState<string[]>([])
  const versions = releases.map(({ version }) => version)
  const form = useForm({
    initial: { version: '', notes: localStorage.getItem(keptAt(product.id)) ?? '' },
    check: {
      version: (version) => {
        if (!isVersion(version.trim())) return t('releases.version_wrong')
        return versions.includes(version.trim())
          ? t('releases.version_taken', { version: version.trim(), product: product.name })
          : undefined
      },
    },
    async submit({ version, notes }) {
      const release = await create.mutateAsync({ body: { productId: product.id, version: version.trim(), notes, fixes } })
      localStorage.removeItem(keptAt(product.id))
      await navigate(paths.release(release.productId, release.version))
    },
  })
  useKept(keptAt(product.id), form.values.notes)
  return (
    <form className="stack" style={{ '--gap': '20px' }} {...form.form}>
      <VersionField form={form} versions={versions} />
      <NotesField
        label={t('releases.notes')}
        hint={t(form.values.notes === '' ? 'releases.notes_hint' : 'releases.notes_kept')}
        {...form.field('notes')}
      />
      <KnownErrorChoice product={product} chosen={fixes} onChange={setFixes} />
      <Failure error={form.failure} />
      <div>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {t('releases.create')}
        </Button>
      </div>
    </form>
  )
}

interface VersionFieldProps {
  form: { field: (name: 'version') => ReturnType<Form['field']>; set: (name: 'version', value: string) => void }
  versions: string[]
}

function VersionField({ form, versions }: VersionFieldProps) {
  const { t } = useTranslation()
  return (
    <div className="stack" style={{ '--gap': '8px' }}>
      <TextField
        label={t('releases.version')}
        hint={t('releases.version_hint')}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        {...form.field('version')}
      />
      <div className="chips" role="group" aria-label={t('releases.version_suggestions')}>
        {nextVersions(versions).map((version) => (
          <Button
            key={version}
            size="small"
            aria-label={t('releases.version_use', { version })}
            onClick={() => form.set('version', version)}
          >
            {version}
          </Button>
        ))}
      </div>
    </div>
  )
}

/** Long texts survive a closed tab. */
function useKept(key: string, text: string) {
  useEffect(() => {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  }, [key, text])
}
