// Release notes while they are written: Markdown, and how it will look.
import { type ComponentProps, useState } from 'react'
import { Markdown, Segment, TextArea } from '#ui'
import { useTranslation } from '#words'

const MAX_NOTES = 20_000

export function NotesField({ label, ...field }: Omit<ComponentProps<typeof TextArea>, 'value'> & { value: string }) {
  const { t } = useTranslation()
  const [view, setView] = useState<'write' | 'preview'>('write')
  return (
    <div className="stack" style={{ '--gap': '8px' }}>
      {view === 'write' ? (
        <TextArea label={label} rows={10} maxLength={MAX_NOTES} {...field} />
      ) : (
        <div className="field">
          <span className="lab">{label}</span>
          <div className="card">
            <div className="bd">
              {field.value.trim() === '' ? (
                <p className="t3">{t('releases.preview_empty')}</p>
              ) : (
                <Markdown>{field.value}</Markdown>
              )}
            </div>
          </div>
        </div>
      )}
      <div>
        <Segment
          label={t('releases.notes_view')}
          value={view}
          options={[
            { value: 'write', words: t('releases.write') },
            { value: 'preview', words: t('releases.preview') },
          ]}
          onChange={setView}
        />
      </div>
    </div>
  )
}
