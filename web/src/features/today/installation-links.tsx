// Ways to all installations that need somebody, by what they have.
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { formatNumber } from '#ui'
import { useTranslation } from '#words'

export function InstallationLinks({ counts: { byCondition } }: { counts: Schemas['InstallationCounts'] }) {
  const { t } = useTranslation()
  const conditions = (['failing', 'degraded', 'silent'] as const).filter((condition) => byCondition[condition] > 0)
  return (
    <span className="s13 t3">
      {conditions.map((condition, place) => (
        <span key={condition}>
          {place > 0 && ' · '}
          <Link to={paths.fleet({ condition })}>
            {t(`today.in_words.${condition}`, { number: formatNumber(byCondition[condition]) })}
          </Link>
        </span>
      ))}
    </span>
  )
}
