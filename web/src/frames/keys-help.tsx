// All keys in one dialog. Loaded when it is opened first.
import { Fragment, useId } from 'react'
import { Link } from 'react-router'
import { paths } from '#paths'
import { areKeysOff, Kbd, Modal } from '#ui'
import { useTranslation } from '#words'
import './palette.css'

/** `words` for each row; keys parted by a space follow each other, those parted by ` or ` do the same. */
type Keys = [words: string, keys: string][]

// React.lazy takes default exports only.
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const groups: [string, Keys][] = [
    [
      t('palette.keys.everywhere'),
      [
        [t('palette.keys.palette'), 'Ctrl+K or ⌘+K'],
        [t('palette.keys.search'), '/'],
        [t('palette.keys.help'), '?'],
        [t('palette.keys.close'), 'Esc'],
      ],
    ],
    [
      t('palette.keys.go'),
      [
        [t('console.today'), 'G T'],
        [t('console.inbox'), 'G I'],
        [t('console.timeline'), 'G L'],
        [t('console.releases'), 'G R'],
        [t('console.rollouts'), 'G O'],
        [t('console.fleet'), 'G F'],
      ],
    ],
    [
      t('palette.keys.lists'),
      [
        [t('palette.keys.down'), 'J or ↓'],
        [t('palette.keys.up'), 'K or ↑'],
        [t('palette.keys.open'), 'Enter'],
        [t('palette.keys.next'), ']'],
        [t('palette.keys.previous'), '['],
      ],
    ],
    [
      t('palette.keys.inbox'),
      [
        [t('palette.keys.reply'), 'R'],
        [t('palette.keys.note'), 'N'],
        [t('palette.keys.link'), 'L'],
        [t('palette.keys.assign'), 'A'],
        [t('palette.keys.close_inquiry'), 'E'],
      ],
    ],
    [
      t('palette.keys.rollout'),
      [
        [t('palette.keys.pause'), 'P'],
        [t('palette.keys.halt'), 'Shift+H'],
      ],
    ],
  ]
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('palette.keys.title')}
      centered
      size={640}
      padding={24}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className="stack" style={{ '--gap': '16px' }}>
        {areKeysOff() && (
          <p className="t2">
            {t('palette.keys.off')}{' '}
            <Link to={paths.settings('you')} onClick={onClose}>
              {t('palette.keys.switch')}
            </Link>
          </p>
        )}
        <div className="keylist">
          {groups.map(([name, keys]) => (
            <Group key={name} name={name} keys={keys} />
          ))}
        </div>
      </div>
    </Modal>
  )
}

function Group({ name, keys }: { name: string; keys: Keys }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <dl>
        {keys.map(([words, typed]) => (
          <Fragment key={words}>
            <dt>{words}</dt>
            <dd>
              <Typed keys={typed} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

function Typed({ keys }: { keys: string }) {
  const { t } = useTranslation()
  return keys.split(' or ').map((way, place) => (
    <Fragment key={way}>
      {place > 0 && <span>{t('palette.keys.or')}</span>}
      {way.split(' ').map((step, order) => (
        <Fragment key={step}>
          {order > 0 && <span>{t('palette.keys.followed_by')}</span>}
          {step.split('+').map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Fragment>
      ))}
    </Fragment>
  ))
}
