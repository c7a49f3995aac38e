// Takes files: dropped, or chosen by button; dragging is never the only way.
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '#ui'
import { useTranslation } from '#words'

export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    // The button beside it does the same by keys.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={`drop${isOver ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="t2 s13">{t(isOver ? 'releases.drop_now' : 'releases.drop')}</p>
      <Button icon={<IconUpload className="i" aria-hidden />} onClick={() => input.current?.click()}>
        {t('releases.choose_files')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('releases.choose_files')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file may be chosen again.
          target.value = ''
        }}
      />
    </div>
  )
}
