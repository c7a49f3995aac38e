// What is left of a draft before it can be published, and what is done already.
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { Card } from '#ui'
import { useTranslation } from '#words'
import type { StaffReleaseDetails } from './queries.ts'

export function DraftTodo({ release, isUploading }: { release: StaffReleaseDetails; isUploading: boolean }) {
  const { t } = useTranslation()
  const { artifacts, notes, fixes } = release
  const files = artifacts.length
  const items: { key: string; isDone: boolean; words: string }[] = [
    {
      key: 'files',
      isDone: files > 0 && !isUploading,
      words: isUploading
        ? t('releases.left_uploading')
        : files > 0
          ? t('releases.left_files_done', { count: files })
          : t('releases.left_files'),
    },
    {
      key: 'notes',
      isDone: notes.trim() !== '',
      words: notes.trim() === '' ? t('releases.left_notes') : t('releases.left_notes_done'),
    },
    {
      key: 'fixes',
      isDone: fixes.length > 0,
      words: fixes.length === 0 ? t('releases.left_fixes') : t('releases.left_fixes_done', { count: fixes.length }),
    },
    { key: 'publish', isDone: false, words: t('releases.left_publish') },
  ]
  return (
    <Card title={t('releases.left')} className="o1">
      <ul className="draft-todo s13">
        {items.map(({ key, isDone, words }) => (
          <li key={key} className={isDone ? 'ok' : 'mute'}>
            {isDone ? <IconCircleCheck className="i" aria-hidden /> : <IconCircleDashed className="i" aria-hidden />}
            <span className={isDone ? 't2' : undefined}>{words}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
