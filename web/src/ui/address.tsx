// An e-mail address, which breaks only after its @ and its dots.
import { Fragment } from 'react'

export function Address({ children }: { children: string }) {
  return children.split(/(?<=[@.])/).map((part, place) => (
    // Parts of one text have no other name.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
