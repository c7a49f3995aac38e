// Mail: kept in the transaction that caused it, sent by a job with patience, readable where no mail server is set.
import './tables.ts'
import { createTransport, type Transporter } from 'nodemailer'
import type { Clock } from './clock.ts'
import type { Db, Tx } from './db.ts'
import { Refusal } from './errors.ts'
import { newId } from './ids.ts'
import { type Jobs, type Retry, type Worker, worker } from './jobs.ts'
import type { Log } from './log.ts'
import { addMail, findMail, listMails, saveAnew, saveFailure, saveSent } from './mail/mail-store.ts'
import type { Secrets } from './secrets.ts'

declare module './jobs.ts' {
  interface Queues {
    mail: { mailId: string }
  }
}

export interface MailText {
  to: string
  subject: string
  text: string
}

export interface Mail {
  /** Keeps the mail with the transaction; it leaves when that commits. */
  post(tx: Tx, mail: MailText): Promise<void>
  /** The latest hundred; texts only where no mail server is set, since they carry sign-in links. */
  list(): ReturnType<typeof readMails>
  /** Sends one anew that was given up. */
  retry(id: string): Promise<void>
  workers: Worker[]
}

interface MailDeps {
  db: Db
  jobs: Jobs
  secrets: Secrets
  clock: Clock
  log: Log
  smtpUrl?: string | undefined
  /** Envelope sender and From. */
  from: string
  /** How patiently; tests are in a hurry. */
  retry?: Retry
}

/** Greylisting asks to come back after minutes; 5xx is final. About two days in all. */
const RETRY: Retry = { limit: 20, delaySeconds: 15, maxDelaySeconds: 14_400 }

export function createMail(deps: MailDeps): Mail {
  const { secrets, smtpUrl } = deps
  const transport = smtpUrl ? createTransport({ url: smtpUrl, connectionTimeout: 20_000, socketTimeout: 60_000 }) : undefined

  return {
    async post(tx, { to, subject, text }) {
      const id = newId('ma')
      await addMail(tx, {
        id,
        recipient: to,
        subject,
        content: secrets.wrap('mail', text),
        state: transport ? 'waiting' : 'kept',
        createdAt: deps.clock.now(),
      })
      if (transport) await deps.jobs.send(tx, 'mail', { mailId: id })
    },
    list: () => readMails(deps, transport === undefined),
    async retry(id) {
      if (!(await findMail(deps.db, id))) throw new Refusal('not_found', 'mail.unknown', `There is no mail ${id}.`)
      if (!transport) throw new Refusal('conflict', 'mail.no_server', 'No mail server is set: FAIRWAY_SMTP_URL.')
      await deps.db.transaction().execute(async (tx) => {
        if (!(await saveAnew(tx, id)))
          throw new Refusal('conflict', 'mail.not_failed', 'Only a mail that was given up can be sent anew.')
        await deps.jobs.send(tx, 'mail', { mailId: id })
      })
    },
    workers: transport
      ? [worker({ queue: 'mail', retry: deps.retry ?? RETRY, handle: ({ mailId }) => deliver(deps, transport, mailId) })]
      : [],
  }
}

async function deliver({ db, secrets, clock, log, from, retry = RETRY }: MailDeps, transport: Transporter, id: string) {
  const mail = await findMail(db, id)
  if (mail?.state !== 'waiting' || mail.content === null) return
  try {
    // The same Message-ID each time, so that a repetition after a crash can be recognised (RFC 5322 §3.6.4).
    await transport.sendMail({
      from,
      to: mail.recipient,
      subject: mail.subject,
      text: secrets.unwrap('mail', mail.content),
      messageId: `<${id}@fairway>`,
    })
    await saveSent(db, id, clock.now())
  } catch (error) {
    const { responseCode = 0, command = '', message } = error as { responseCode?: number; command?: string; message: string }
    // A 5xx to the address or to the text is the last word on this mail; one to our password or greeting is about us.
    const isRefused = responseCode >= 500 && /^(MAIL FROM|RCPT TO|DATA)/.test(command)
    const isOver = mail.attempts >= retry.limit
    await saveFailure(db, id, { error: message.slice(0, 500), isFinal: isRefused || isOver })
    if (isOver) log.error({ mailId: id, responseCode }, 'a mail could not be sent for days and was given up')
    else if (isRefused) log.warn({ mailId: id, responseCode }, 'a mail was refused for good')
    if (!isRefused) throw error
  }
}

async function readMails({ db, secrets }: Pick<MailDeps, 'db' | 'secrets'>, withText: boolean) {
  const mails = await listMails(db, 100)
  return mails.map(({ content, ...mail }) => ({
    ...mail,
    text: withText && content !== null ? secrets.unwrap('mail', content) : null,
  }))
}
