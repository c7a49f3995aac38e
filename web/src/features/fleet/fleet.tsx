// The list of the fleet with its tools, and the panel beside it.
import { useRef } from 'react'
import { useSearchParams } from 'react-router'
import { ConditionCounts } from './condition-counts.tsx'
import { readFilter } from './fleet-filter.ts'
import { FleetList } from './fleet-list.tsx'
import { FleetTools } from './fleet-tools.tsx'
import { InstallationPanel } from './installation-panel.tsx'
import { NoInstallations } from './no-installations.tsx'
import { useFleetKeys } from './use-fleet-keys.ts'
import { useShownList } from './use-shown-list.ts'
import { useSteps } from './use-steps.ts'
import './fleet.css'

export function Fleet() {
  const [params] = useSearchParams()
  const filter = readFilter(params)
  const openId = params.get('open') ?? undefined
  const search = useRef<HTMLInputElement>(null)
  const list = useShownList(filter, openId)
  const steps = useSteps(
    list.shown.map(({ id }) => id),
    openId,
  )
  useFleetKeys({ ...steps, ids: list.shown.map(({ id }) => id), isFocused: list.isFocused, search })
  return (
    <div className={openId ? 'fl opened' : 'fl'}>
      <div className="list">
        <FleetTools filter={filter} search={search} />
        <ConditionCounts filter={filter} />
        <FleetList list={list} filter={filter} openId={openId} empty={<NoInstallations filter={filter} />} />
      </div>
      {openId && <InstallationPanel installationId={openId} {...steps} />}
    </div>
  )
}
