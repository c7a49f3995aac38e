// What can be done with a release: publish or discard a draft, roll it out, withdraw it; each says truthfully what follows.
import { IconBan, IconCheck, IconCopy, IconRoute, IconTimeline, IconTrash } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, useMe } from '#api'
import { paths } from '#paths'
import { ActionMenu, Button, ButtonLink, Confirm, type MenuItem } from '#ui'
import { useTranslation } from '#words'
import { AskPublish } from './ask-publish.tsx'
import { latestRolloutsQuery, type StaffReleaseDetails } from './queries.ts'

interface ActionsProps {
  release: StaffReleaseDetails
  isUploading: boolean
}

export function ReleaseActions({ release, isUploading }: ActionsProps) {
  const { permissions } = useMe()
  const mayChange = permissions.includes('releases:publish')
  return (
    <>
      {release.state === 'draft' && mayChange && <Publish release={release} isUploading={isUploading} />}
      {release.state === 'published' && permissions.includes('releases:withdraw') && <Withdraw release={release} />}
      {release.state === 'published' && <Rollout release={release} maySteer={permissions.includes('rollouts:steer')} />}
      <More release={release} mayDiscard={release.state === 'draft' && mayChange} />
    </>
  )
}

function Publish({ release, isUploading }: ActionsProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const reason = isUploading
    ? t('releases.publish_not_while')
    : release.artifacts.length === 0
      ? t('releases.publish_not_yet')
      : undefined
  return (
    <>
      {reason !== undefined && (
        <span className="t3 s13" id="publish-not-yet">
          {reason}
        </span>
      )}
      <Button
        look="primary"
        icon={<IconCheck className="i" aria-hidden />}
        aria-disabled={reason !== undefined || undefined}
        aria-describedby={reason === undefined ? undefined : 'publish-not-yet'}
        onClick={() => reason === undefined && setAsking(true)}
      >
        {t('releases.publish')}
      </Button>
      <AskPublish release={release} isOpen={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}

function Rollout({ release, maySteer }: { release: StaffReleaseDetails; maySteer: boolean }) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(latestRolloutsQuery(release.productId))
  const underWay = data.items.find(({ releaseId, endedAt }) => releaseId === release.id && endedAt === null)
  const icon = <IconRoute className="i" aria-hidden />
  if (underWay)
    return (
      <ButtonLink look="primary" icon={icon} to={paths.rollout(underWay.id)}>
        {t('releases.open_rollout')}
      </ButtonLink>
    )
  if (!maySteer) return null
  return (
    <ButtonLink look="primary" icon={icon} to={paths.newRollout({ release: release.id })}>
      {t('releases.start_rollout')}
    </ButtonLink>
  )
}

function Withdraw({ release }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const withdraw = api.useMutation('post', '/api/v1/releases/{releaseId}/withdraw')
  const { data } = useSuspenseQuery(latestRolloutsQuery(release.productId))
  const channels = data.items
    .filter(({ releaseId, endedAt }) => releaseId === release.id && endedAt === null)
    .map(({ channel }) => channel)
  const { version, product, adoption } = release
  return (
    <>
      <Button look="danger" icon={<IconBan className="i" aria-hidden />} onClick={() => setAsking(true)}>
        {t('releases.withdraw')}
      </Button>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        question={t('releases.withdraw_question', { product: product.name, version })}
        verb={t('releases.withdraw_verb', { version })}
        busyVerb={t('releases.withdrawing')}
        keep={t('releases.keep')}
        reasonLabel={t('releases.withdraw_reason')}
        onConfirm={(reason) => withdraw.mutateAsync({ params: { path: { releaseId: release.id } }, body: { reason } })}
      >
        <div className="say">
          <p>
            {t('releases.withdraw_offered')}{' '}
            {channels.length > 0 && t('releases.withdraw_halts', { channels: channels.join(', ') })}
          </p>
          <p>{t('releases.withdraw_still', { count: adoption?.running ?? 0, version })}</p>
          <p>{t('releases.withdraw_final')}</p>
        </div>
      </Confirm>
    </>
  )
}

function More({ release, mayDiscard }: { release: StaffReleaseDetails; mayDiscard: boolean }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const { id } = release
  const items: MenuItem[] = [
    { words: t('releases.open_timeline'), icon: <IconTimeline className="i" aria-hidden />, to: paths.timeline({ subject: id }) },
    {
      words: t('releases.copy_id', { id }),
      icon: <IconCopy className="i" aria-hidden />,
      onClick: () => void navigator.clipboard.writeText(id),
    },
  ]
  if (mayDiscard)
    items.push({
      words: t('releases.discard'),
      icon: <IconTrash className="i" aria-hidden />,
      onClick: () => setAsking(true),
      isDangerous: true,
    })
  return (
    <>
      <ActionMenu items={items} />
      <AskDiscard release={release} isOpen={isAsking} onClose={() => setAsking(false)} />
    </>
  )
}

function AskDiscard({ release, isOpen, onClose }: { release: StaffReleaseDetails; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const discard = api.useMutation('delete', '/api/v1/releases/{releaseId}')
  const { id, version, artifacts, productId } = release
  async function confirm() {
    await discard.mutateAsync({ params: { path: { releaseId: id } } })
    await navigate(paths.releases({ product: productId }))
  }
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t('releases.discard_question', { version })}
      verb={t('releases.discard_verb')}
      busyVerb={t('releases.discarding')}
      keep={t('releases.keep')}
      onConfirm={confirm}
    >
      {t('releases.discard_text', { count: artifacts.length })}
    </Confirm>
  )
}
