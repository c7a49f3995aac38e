// The list of the palette: groups of rows, of which one is active; the focus stays in the box above.
import { useEffect, useRef } from 'react'
import { Kbd } from '#ui'
import { useTranslation } from '#words'
import type { PaletteGroup, PaletteRow } from './palette-rows.ts'

interface PaletteListProps {
  id: string
  groups: PaletteGroup[]
  active: PaletteRow | undefined
  onActive: (row: PaletteRow) => void
  onChoose: (row: PaletteRow) => void
}

export const optionId = (listId: string, row: PaletteRow) => `${listId}-${row.id}`

export function PaletteList({ id, groups, active, onActive, onChoose }: PaletteListProps) {
  const { t } = useTranslation()
  return (
    <div className="plist" id={id} role="listbox" aria-label={t('palette.results')}>
      {groups.map(({ name, rows }) => (
        <div key={name} role="group" aria-label={name}>
          <p className="pgroup" aria-hidden>
            {name}
          </p>
          {rows.map((row) => (
            <Option
              key={row.id}
              id={optionId(id, row)}
              row={row}
              isActive={row === active}
              onActive={() => onActive(row)}
              onChoose={() => onChoose(row)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  row: PaletteRow
  isActive: boolean
  onActive: () => void
  onChoose: () => void
}

/** Keys are heard by the box that owns the list; a pointer needs nothing but the click. */
function Option({ id, row: { icon, words, detail, kind, keys = [] }, isActive, onActive, onChoose }: OptionProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div ref={place} id={id} className="prow" role="option" aria-selected={isActive} onPointerMove={onActive} onClick={onChoose}>
      {icon}
      <span className="cut">{words}</span>
      {detail && <span className="t3 s12 cut det">{detail}</span>}
      <span className="sp" />
      {kind && <span className="t3 s12 nw">{kind}</span>}
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </div>
  )
}
