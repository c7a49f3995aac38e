// The head and body of a page: its title, its one h1, breadcrumb left and actions right.
import { IconChevronRight } from '@tabler/icons-react'
import { Fragment, type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'
import { useVendor } from '#api'
import { useTranslation } from '#words'

/** The document's title: what · where. */
export function useTitle(what: string, where: string) {
  useEffect(() => {
    document.title = `${what} · ${where}`
  }, [what, where])
}

export interface Crumb {
  words: ReactNode
  to?: string
}

/** The sticky head of a console page; the last crumb is the page itself. */
export function ConsoleHead({ crumbs, actions }: { crumbs: Crumb[]; actions?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="headbar">
      <nav className="crumb" aria-label={t('common.breadcrumb')}>
        {crumbs.map(({ words, to }, place) => (
          // The way down never changes its order.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={place}>
            {place > 0 && <IconChevronRight className="i s" aria-hidden />}
            {to === undefined ? <span aria-current="page">{words}</span> : <Link to={to}>{words}</Link>}
          </Fragment>
        ))}
      </nav>
      <span className="sp" />
      {actions !== undefined && <div className="acts row">{actions}</div>}
    </div>
  )
}

interface ConsolePageProps {
  /** What the document is called, with the vendor behind it. */
  title: string
  crumbs: Crumb[]
  actions?: ReactNode
  /** The page's h1; absent where it has one of its own. */
  heading?: ReactNode
  /** A pill beside the heading. */
  pill?: ReactNode
  /** One quiet line below it. */
  lead?: ReactNode
  /** Lists fill the width and have no edge. */
  isFull?: boolean
  children: ReactNode
}

export function ConsolePage({ title, crumbs, actions, heading, pill, lead, isFull = false, children }: ConsolePageProps) {
  useTitle(title, useVendor().name)
  return (
    <>
      <ConsoleHead crumbs={crumbs} actions={actions} />
      {isFull && heading !== undefined && <h1 className="sr">{heading}</h1>}
      {isFull ? (
        children
      ) : (
        <div className="pg">
          {heading !== undefined && <Heading {...{ heading, pill, lead }} />}
          {children}
        </div>
      )}
    </>
  )
}

interface PortalPageProps {
  title: string
  heading?: ReactNode
  pill?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  /** Above the heading: where this is. */
  crumbs?: Crumb[]
  children: ReactNode
}

export function PortalPage({ title, heading, pill, lead, actions, crumbs, children }: PortalPageProps) {
  const { t } = useTranslation()
  useTitle(title, useVendor().name)
  return (
    <div className="pw">
      {crumbs !== undefined && (
        <nav className="crumb" aria-label={t('common.breadcrumb')}>
          {crumbs.map(({ words, to }, place) => (
            // The way down never changes its order.
            // oxlint-disable-next-line react/no-array-index-key
            <Fragment key={place}>
              {place > 0 && <IconChevronRight className="i s" aria-hidden />}
              {to === undefined ? <span aria-current="page">{words}</span> : <Link to={to}>{words}</Link>}
            </Fragment>
          ))}
        </nav>
      )}
      {heading !== undefined && <Heading {...{ heading, pill, lead, actions }} />}
      {children}
    </div>
  )
}

function Heading({
  heading,
  pill,
  lead,
  actions,
}: {
  heading: ReactNode
  pill?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="hd">
      <div className="stack sp" style={{ '--gap': '4px' }}>
        <div className="row wrapf">
          <h1>{heading}</h1>
          {pill}
        </div>
        {lead !== undefined && <p className="t2">{lead}</p>}
      </div>
      {actions !== undefined && <div className="row wrapf">{actions}</div>}
    </div>
  )
}

/** Main column and rail; below 1080 px the rail comes after. */
export function TwoColumns({ children, rail }: { children: ReactNode; rail: ReactNode }) {
  return (
    <div className="two">
      <div className="stack cards">{children}</div>
      <aside className="stack cards">{rail}</aside>
    </div>
  )
}
