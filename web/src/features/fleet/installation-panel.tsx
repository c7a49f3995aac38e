// One installation beside the list: a column where there is room, a sheet where there is not.
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconChevronDown, IconChevronUp, IconExternalLink, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { isNotFound, type Schemas } from '#api'
import { paths } from '#paths'
import { ButtonLink, Drawer, IconButton, LoadError, Skeleton, StatusPill } from '#ui'
import { useTranslation } from '#words'
import { isForStaff } from './fleet-filter.ts'
import { detailsQuery } from './fleet-queries.ts'
import { InstallationActions } from './installation-actions.tsx'
import { InstallationSections } from './installation-sections.tsx'

interface PanelProps {
  installationId: string
  /** To the one before and behind it in the list. */
  previous: (() => void) | undefined
  next: (() => void) | undefined
  onClose: () => void
}

export function InstallationPanel(props: PanelProps) {
  const { t } = useTranslation()
  const isWide = useMediaQuery('(min-width: 1180px)', true, { getInitialValueInEffect: false })
  if (isWide)
    return (
      <aside className="drawer" aria-label={t('fleet.panel')}>
        <Content {...props} />
      </aside>
    )
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="right"
      size={440}
      padding={0}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': t('fleet.panel') } }}
    >
      <div className="drawer">
        <Content {...props} />
      </div>
    </Drawer>
  )
}

function Content(props: PanelProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(detailsQuery(props.installationId))
  if (data && isForStaff(data)) return <Known installation={data} {...props} />
  return (
    <>
      <div className="dh">
        <Bar {...props} />
      </div>
      {error && isNotFound(error) && <p className="empty t2">{t('common.not_found_text')}</p>}
      {error && !isNotFound(error) && <LoadError error={error} onRetry={() => void refetch()} />}
      {!error && <Skeleton rows={6} />}
    </>
  )
}

function Known({ installation, ...props }: PanelProps & { installation: Schemas['StaffInstallationDetails'] }) {
  const { id, name, organisation, condition, state } = installation
  const heading = useFocusByKey(id)
  return (
    <>
      <div className="dh">
        <Bar {...props}>
          <Link className="s13 t2 cut" to={paths.customer(organisation.id)}>
            {organisation.name}
          </Link>
        </Bar>
        <div className="row wrapf">
          <h2 ref={heading} tabIndex={-1} data-autofocus>
            {name}
          </h2>
          <StatusPill kind="condition" value={condition ?? state} />
        </div>
        <div className="row wrapf acts">
          <InstallationActions installation={installation} />
        </div>
      </div>
      <InstallationSections installation={installation} />
    </>
  )
}

function Bar({ installationId, previous, next, onClose, children }: PanelProps & { children?: ReactNode }) {
  const { t } = useTranslation()
  const steps = [
    { go: previous, label: t('fleet.previous'), icon: <IconChevronUp className="i" aria-hidden /> },
    { go: next, label: t('fleet.next'), icon: <IconChevronDown className="i" aria-hidden /> },
  ]
  return (
    <div className="row bar-of-panel">
      {children}
      <span className="sp" />
      {steps.map(({ go, label, icon }) => (
        <IconButton key={label} look="ghost" size="small" label={label} icon={icon} aria-disabled={!go} onClick={go} />
      ))}
      <ButtonLink
        look="ghost"
        size="small"
        className="ico"
        to={paths.fleetInstallation(installationId)}
        aria-label={t('fleet.open_page')}
        title={t('fleet.open_page')}
        icon={<IconExternalLink className="i" aria-hidden />}
      />
      <IconButton
        look="ghost"
        size="small"
        label={t('fleet.close_panel')}
        icon={<IconX className="i" aria-hidden />}
        onClick={onClose}
      />
    </div>
  )
}

/** Focus goes to the panel only when it was opened by key (shared design §8). */
function useFocusByKey(installationId: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { state } = useLocation()
  // What the row's link left there.
  const isByKey = (state as { isByKey?: boolean } | null)?.isByKey === true
  useEffect(() => {
    if (isByKey && installationId) heading.current?.focus()
  }, [isByKey, installationId])
  return heading
}
