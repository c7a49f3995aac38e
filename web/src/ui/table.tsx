// Tables stay tables: the first column names and links, heads stick, second-rank columns fall away on phones.
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'

export interface Column<Row> {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers and times: right. */
  isRight?: boolean
  /** 2: gone below 820 px. 3: gone below 1180 px, too. */
  rank?: 1 | 2 | 3
  sort?: 'ascending' | 'descending'
}

interface TableProps<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
  /** The whole row leads there; the name in it is the real link. */
  toOf?: (row: Row) => string
  isSelected?: (row: Row) => boolean
}

const RANK = { 1: '', 2: ' p2', 3: ' p3' }

export function Table<Row>({ label, columns, rows, keyOf, toOf, isSelected }: TableProps<Row>) {
  const navigate = useNavigate()
  // What opens beside the list leaves the list where it is.
  const go = (to: string) => void navigate(to, { preventScrollReset: to.startsWith('?') })
  const classOf = ({ isRight, rank = 1 }: Column<Row>) => `${isRight ? 'r' : ''}${RANK[rank]}`
  return (
    // A wide table scrolls in itself; who uses keys must be able to get there.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="tw" tabIndex={0} role="group" aria-label={label}>
      <table className="tbl">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)} aria-sort={column.sort}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              aria-selected={isSelected?.(row) || undefined}
              className={toOf ? 'leads' : undefined}
              onClick={toOf && ((event) => !isOwnControl(event.target) && go(toOf(row)))}
            >
              {columns.map((column) => (
                <td key={column.key} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Links, buttons and boxes in a row do what they say; and who selects text does not want to leave. */
function isOwnControl(target: EventTarget) {
  const isControl = target instanceof Element && target.closest('a,button,input,label,select') !== null
  return isControl || (getSelection()?.toString() ?? '') !== ''
}
