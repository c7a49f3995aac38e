// The settings: sections at the left, one of them at the right.
import { Link, type LoaderFunctionArgs, useParams } from 'react-router'
import { ensure, meQuery, queryClient, useMe } from '#api'
import { paths } from '#paths'
import { ConsolePage } from '#ui'
import { useTranslation } from '#words'
import { PLACES, SECTIONS, sectionOf, type SectionKey } from './sections.ts'
import './settings.css'

export async function loader({ params }: LoaderFunctionArgs) {
  const me = await queryClient.ensureQueryData(meQuery)
  const section = sectionOf(params['section'], me)
  if (!section) throw { status: 404, code: 'page.unknown', detail: '' }
  return ensure(...PLACES[section].needs(me))
}

/** What is one's own, then what is everybody's. */
const GROUPS = [
  { words: 'settings.yours', sections: SECTIONS.slice(0, 2) },
  { words: 'settings.all', sections: SECTIONS.slice(2) },
] as const

export function Component() {
  const { t } = useTranslation()
  const me = useMe()
  const section = sectionOf(useParams()['section'], me) ?? 'people'
  const { Shown } = PLACES[section]
  return (
    <ConsolePage
      title={t(`settings.${section}`)}
      crumbs={[{ words: t('settings.title'), to: paths.settings() }, { words: t(`settings.${section}`) }]}
    >
      <div className="settings">
        <nav className="subnav" aria-label={t('settings.sections')}>
          {GROUPS.map(({ words, sections }) => (
            <div key={words}>
              <p className="g">{t(words)}</p>
              <ul>
                {sections
                  .filter((key) => sectionOf(key, me))
                  .map((key) => (
                    <Entry key={key} section={key} isCurrent={key === section} />
                  ))}
              </ul>
            </div>
          ))}
        </nav>
        <Shown />
      </div>
    </ConsolePage>
  )
}

function Entry({ section, isCurrent }: { section: SectionKey; isCurrent: boolean }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link to={paths.settings(section)} aria-current={isCurrent ? 'page' : undefined}>
        {t(`settings.${section}`)}
      </Link>
    </li>
  )
}
