// The command that connects an installation, how long it is good for, and what the installation has done since.
import { useState } from 'react'
import { api } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, Code, Failure, formatDuration, formatTime, useNow } from '#ui'
import { useTranslation } from '#words'
import type { Connected } from './connect-form.tsx'
import { FirstReports } from './first-reports.tsx'
import { useNewcomer } from './use-newcomer.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60_000

interface ConnectReadyProps {
  connected: Connected
  /** With another command; without one: the form again. */
  onAgain: (connected: Connected | undefined) => void
}

export function ConnectReady({ connected, onAgain }: ConnectReadyProps) {
  const { t } = useTranslation()
  const newcomer = useNewcomer(connected)
  const dir = folderIn(connected.command)
  return (
    <div className="stack" style={{ '--gap': '20px' }}>
      {!newcomer && <Instructions connected={connected} onAgain={onAgain} />}
      <FirstReports name={connected.name} newcomer={newcomer} />
      {/* Enrolling is one call; updates come once the agent runs. */}
      {newcomer && newcomer.outcomes.length === 0 && (
        <div className="stack" style={{ '--gap': '8px' }}>
          <p>{t('fleet.ready_run')}</p>
          <Code>{runCommand(dir)}</Code>
        </div>
      )}
      <div className="row wrapf">
        {newcomer && (
          <ButtonLink look="primary" to={paths.fleetInstallation(newcomer.id)}>
            {t('fleet.wait_open', { name: newcomer.name })}
          </ButtonLink>
        )}
        <Button onClick={() => onAgain(undefined)}>{t('fleet.ready_another')}</Button>
      </div>
    </div>
  )
}

function Instructions({ connected, onAgain }: ConnectReadyProps) {
  const { t } = useTranslation()
  const dir = folderIn(connected.command)
  return (
    <ol className="todo">
      <li>{t('fleet.ready_config', { file: `${dir}/agent.json` })}</li>
      <li>
        {t('fleet.ready_enroll')}
        {/* Each option on its own line, as a shell reads it. */}
        <Code>{connected.command.replaceAll(' --', ' \\\n  --')}</Code>
        <Expiry connected={connected} onAgain={onAgain} />
      </li>
      <li>
        {t('fleet.ready_run')}
        <Code>{runCommand(dir)}</Code>
      </li>
    </ol>
  )
}

/** The agent's folder stands in the command (updates/enrolments/create-enrolment.ts). */
function folderIn(command: string) {
  return /--dir (\S+)/.exec(command)?.[1] ?? ''
}

const runCommand = (dir: string) => `fairway-agent run --dir ${dir}`

function Expiry({ connected, onAgain }: ConnectReadyProps) {
  const { t } = useTranslation()
  const [isEnding, setEnding] = useState(false)
  const now = useNow(isEnding ? SECOND_MS : MINUTE_MS / 4)
  const left = Date.parse(connected.expiresAt) - now
  if (left <= 0) return <Expired connected={connected} onAgain={onAgain} />
  // The last minute is told by the second.
  if (left < MINUTE_MS && !isEnding) setEnding(true)
  const shown = left < MINUTE_MS ? left : Math.ceil(left / MINUTE_MS) * MINUTE_MS
  return (
    <p className="t2 s13">
      {t('fleet.ready_expiry', { time: formatTime(new Date(connected.expiresAt)), left: formatDuration(shown) })}
    </p>
  )
}

function Expired({ connected, onAgain }: ConnectReadyProps) {
  const { t } = useTranslation()
  const connect = api.useMutation('post', '/api/v1/enrolments')
  const { organisationId, productId, channel, name } = connected
  const wish = { organisationId, productId, channel, name }
  return (
    <>
      <p className="t2 s13" role="status">
        {t('fleet.ready_expired')}{' '}
      </p>
      <p>
        <Button
          isBusy={connect.isPending}
          onClick={() => connect.mutate({ body: wish }, { onSuccess: (enrolment) => onAgain({ ...wish, ...enrolment }) })}
        >
          {t('fleet.ready_again')}
        </Button>
      </p>
      <Failure error={connect.error} />
    </>
  )
}
