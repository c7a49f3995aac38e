// The notes of a release, as customers read them; may be amended at any time.
import { useEffect, useId, useState } from 'react'
import { api } from '#api'
import { Button, Card, Failure, Markdown, useForm } from '#ui'
import { useTranslation } from '#words'
import { NotesField } from './notes-field.tsx'
import type { StaffReleaseDetails } from './queries.ts'

export function ReleaseNotes({ release, mayChange }: { release: StaffReleaseDetails; mayChange: boolean }) {
  const { t } = useTranslation()
  const [isWriting, setWriting] = useState(false)
  const id = useId()
  const isEmpty = release.notes.trim() === ''
  function end() {
    setWriting(false)
    // The form goes, and the button that led to it comes back.
    setTimeout(() => document.getElementById(id)?.focus())
  }
  const write = mayChange && !isWriting && (
    <Button size="small" id={id} onClick={() => setWriting(true)}>
      {t(isEmpty ? 'releases.write_notes' : 'releases.edit_notes')}
    </Button>
  )
  return (
    <Card title={t('releases.notes')} actions={write} className="o4">
      {isWriting && <WriteNotes release={release} onClose={end} />}
      {!isWriting && isEmpty && <p className="t2 s13">{t('releases.notes_empty')}</p>}
      {!isWriting && !isEmpty && <Markdown>{release.notes}</Markdown>}
    </Card>
  )
}

function WriteNotes({ release, onClose }: { release: StaffReleaseDetails; onClose: () => void }) {
  const { t } = useTranslation()
  const amend = api.useMutation('patch', '/api/v1/releases/{releaseId}')
  const form = useForm({
    initial: { notes: release.notes },
    async submit({ notes }) {
      await amend.mutateAsync({ params: { path: { releaseId: release.id } }, body: { notes } })
      onClose()
    },
  })
  const { ref } = form.form
  useEffect(() => ref.current?.querySelector('textarea')?.focus(), [ref])
  return (
    <form className="stack" {...form.form}>
      <NotesField label={t('releases.notes')} hint={t('releases.notes_hint')} {...form.field('notes')} />
      <Failure error={form.failure} />
      <div className="row wrapf ends">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" isBusy={form.isBusy}>
          {t('releases.save_notes')}
        </Button>
      </div>
    </form>
  )
}
