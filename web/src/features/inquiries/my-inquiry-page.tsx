// One inquiry as the customer sees it: where it stands, what was said, and what is known of it.
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { ensure } from '#api'
import { paths } from '#paths'
import { Card, PortalPage, StatusPill } from '#ui'
import { useTranslation } from '#words'
import { Conversation } from './conversation.tsx'
import { entriesOf } from './entries.ts'
import { inquiryQuery, useMyInquiry, useVendorName, vendorQuery } from './inquiry-queries.ts'
import { MyAnswer } from './my-answer.tsx'
import { MyInquiryRail } from './my-inquiry-rail.tsx'
import { ProofCard } from './proof-card.tsx'
import './inquiries.css'

export const loader = ({ params: { inquiryId = '' } }: LoaderFunctionArgs) => ensure(inquiryQuery(inquiryId), vendorQuery)

export function Component() {
  const { t } = useTranslation()
  const { inquiryId = '' } = useParams()
  const inquiry = useMyInquiry(inquiryId)
  const vendor = useVendorName()
  const { id, title, status, solvedIn } = inquiry
  return (
    <PortalPage
      title={title}
      heading={title}
      pill={<StatusPill kind="mine" value={status} values={{ vendor, version: solvedIn ?? '' }} />}
      crumbs={[{ words: t('inquiries.title'), to: paths.inquiries() }, { words: id }]}
    >
      <ProofCard inquiry={inquiry} vendor={vendor} />
      <div className="p2col">
        <Card title={t('inquiries.conversation.title')} isFlush>
          <div className="conv">
            <Conversation inquiryId={id} entries={entriesOf(inquiry)} vendor={vendor} />
          </div>
          <hr />
          <MyAnswer key={`${id} ${inquiry.closedAt}`} inquiry={inquiry} vendor={vendor} />
        </Card>
        <MyInquiryRail inquiry={inquiry} vendor={vendor} />
      </div>
    </PortalPage>
  )
}
