// Which known errors of a product a release fixes: boxes, the open ones and those that are chosen already.
import { useSuspenseQuery } from '@tanstack/react-query'
import { CheckBox } from '#ui'
import { useTranslation } from '#words'
import { forStaff, knownErrorsQuery } from './queries.ts'

interface KnownErrorChoiceProps {
  product: { id: string; name: string }
  chosen: string[]
  onChange: (chosen: string[]) => void
}

export function KnownErrorChoice({ product, chosen, onChange }: KnownErrorChoiceProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(knownErrorsQuery(product.id))
  const shown = forStaff(data.items).filter(({ id, state }) => state !== 'closed' || chosen.includes(id))
  return (
    <fieldset className="field">
      <legend className="lab">{t('releases.fixes_legend')}</legend>
      {shown.length === 0 ? (
        <p className="t2 s13">{t('releases.fixes_none_known', { product: product.name })}</p>
      ) : (
        <>
          {shown.map(({ id, title, affected }) => (
            <CheckBox
              key={id}
              checked={chosen.includes(id)}
              onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
              label={
                <>
                  <span className="b">{title}</span>
                  <span className="t3 s13"> {t('releases.fixes_affects', { id, count: affected.installations })}</span>
                </>
              }
            />
          ))}
          <p className="hint">{t('releases.fixes_hint')}</p>
        </>
      )}
    </fieldset>
  )
}
