// The palette: one box, and what fits to it: go, do, search. Loaded when it is opened first.
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { useMe } from '#api'
import { Kbd, Modal } from '#ui'
import { useTranslation } from '#words'
import { optionId, PaletteList } from './palette-list.tsx'
import type { PaletteRow } from './palette-rows.ts'
import { keepRecent } from './recent.ts'
import { usePaletteGroups } from './use-palette-groups.tsx'
import './palette.css'

interface PaletteProps {
  face: 'console' | 'portal'
  onClose: () => void
  onKeys: () => void
}

const CALM_MS = 180

// React.lazy takes default exports only.
export default function Palette(props: PaletteProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={props.onClose}
      size={640}
      padding={0}
      yOffset="12vh"
      withCloseButton={false}
      classNames={{ content: 'palette' }}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <Box {...props} />
    </Modal>
  )
}

function Box({ face, onClose, onKeys }: PaletteProps) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const groups = usePaletteGroups({ face, typed, calm: useCalm(typed.trim()), onKeys })
  const choose = useChoose(onClose)
  const rows = groups.flatMap((group) => group.rows)
  const active = rows[Math.min(at, rows.length - 1)]

  function hear(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && rows.length > 0) setAt((Math.min(at, rows.length - 1) + step + rows.length) % rows.length)
    else if (event.key === 'Enter' && active && !event.nativeEvent.isComposing) choose(active)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="pbox">
        <IconSearch className="i l t3" aria-hidden />
        <input
          role="combobox"
          aria-label={t('palette.title')}
          aria-expanded={rows.length > 0}
          aria-controls={id}
          aria-activedescendant={active && optionId(id, active)}
          aria-autocomplete="list"
          placeholder={t(face === 'console' ? 'palette.placeholder' : 'palette.placeholder_portal')}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          data-autofocus
          value={typed}
          onChange={({ target }) => {
            // As everywhere else; nothing is called so.
            if (target.value === '?' && face === 'console') return onKeys()
            setTyped(target.value)
            setAt(0)
          }}
          onKeyDown={hear}
        />
      </div>
      <PaletteList id={id} groups={groups} active={active} onActive={(row) => setAt(rows.indexOf(row))} onChoose={choose} />
      {rows.length === 0 && <p className="pnone t2">{t('palette.nothing')}</p>}
      <p className="sr" role="status">
        {typed && t('palette.found', { count: rows.length })}
      </p>
      <Foot hasKeys={face === 'console'} />
    </>
  )
}

function Foot({ hasKeys }: { hasKeys: boolean }) {
  const { t } = useTranslation()
  return (
    <p className="pfootkeys" aria-hidden>
      <Kbd>↑</Kbd>
      <Kbd>↓</Kbd> {t('palette.move')} <Kbd>Enter</Kbd> {t('palette.open')} <Kbd>Esc</Kbd> {t('palette.close')}
      {hasKeys && (
        <>
          {' '}
          <Kbd>?</Kbd> {t('palette.all_keys')}
        </>
      )}
    </p>
  )
}

function useChoose(onClose: () => void) {
  const navigate = useNavigate()
  const { id } = useMe()
  return ({ to, act, words, kind = '' }: PaletteRow) => {
    onClose()
    act?.()
    if (to === undefined) return
    keepRecent(id, { to, words, kind })
    void navigate(to)
  }
}

/** What was typed, once nobody types for a moment. */
function useCalm(typed: string) {
  const [calm, setCalm] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(typed), CALM_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return calm
}
