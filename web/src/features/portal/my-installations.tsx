// The own installations by need, each with what comes next to it.
import { IconChevronRight } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { paths } from '#paths'
import { Button, Card, LiveMark, ShowMore, Status, useSteadyOrder } from '#ui'
import { useTranslation } from '#words'
import { NextSentence, WhatRuns } from './next-sentence.tsx'
import type { Installation, Outlook } from './next-update.ts'

/** More are a click away: what is coming, and the inquiries, should be seen, too. */
const SHOWN = 8

interface MyInstallationsProps {
  installations: Installation[]
  outlooks: Map<string, Outlook>
  more: (() => void) | undefined
  isMoreComing: boolean
}

export function MyInstallations({ installations, outlooks, more, isMoreComing }: MyInstallationsProps) {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  const isAll = parameters.get('installations') === 'all' || installations.length <= SHOWN + 1
  const { rows, isMoved, sortAgain, hold } = useSteadyOrder(installations, ({ id }) => id)
  const shown = isAll ? rows : rows.slice(0, SHOWN)
  return (
    <Card
      isFlush
      title={t('portal.installations')}
      actions={
        <>
          {isMoved && (
            <span className="row t3 s13">
              {t('portal.order_changed')}
              <Button size="small" onClick={sortAgain}>
                {t('portal.sort_again')}
              </Button>
            </span>
          )}
          <LiveMark />
        </>
      }
    >
      <ul {...hold}>
        {shown.map((installation) => (
          <li key={installation.id}>
            <Row installation={installation} outlook={outlooks.get(installation.id)} />
          </li>
        ))}
      </ul>
      <Rest count={installations.length - SHOWN} isAll={isAll} />
      {isAll && <ShowMore more={more} isComing={isMoreComing} />}
    </Card>
  )
}

function Row({ installation, outlook }: { installation: Installation; outlook: Outlook | undefined }) {
  const { id, name, condition } = installation
  return (
    <Link className="inst" to={paths.installation(id)}>
      <span className="hh">
        <Status kind="condition" value={condition ?? 'unknown'} />
      </span>
      <span className="nm">
        <b>{name}</b>
        <span className="t2 s13">
          <WhatRuns installation={installation} />
        </span>
      </span>
      <span className="nx">
        <NextSentence installation={installation} outlook={outlook} />
      </span>
      <IconChevronRight className="i" aria-hidden />
    </Link>
  )
}

function Rest({ count, isAll }: { count: number; isAll: boolean }) {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  if (count <= 1) return null
  const others = [...parameters].filter(([name]) => name !== 'installations')
  return (
    <p className="rest">
      <Link
        className="s13"
        to={`?${new URLSearchParams(isAll ? others : [...others, ['installations', 'all']])}`}
        preventScrollReset
      >
        {isAll ? t('portal.show_fewer') : t('portal.show_all', { count })}
      </Link>
    </p>
  )
}
