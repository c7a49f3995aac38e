// The story in five acts: three customers, twelve installations, a bad release that stops itself, and a fix that closes the inquiry.
import { connect, type Machine, prepareMachine, runningVersion } from './agents.ts'
import { act, see, tell } from './narrate.ts'
import { acceptInvitation, type DemoPerson, signIn } from './people.ts'
import { PRODUCT, publish } from './publish.ts'

const CUSTOMERS = [
  { name: 'Harbour Bakery', email: 'manager@harbour-bakery.example', person: 'Manager of Harbour Bakery' },
  { name: 'Northgate Markets', email: 'manager@northgate.example', person: 'Manager of Northgate' },
  { name: 'Lindenhof Pharmacies', email: 'manager@lindenhof.example', person: 'Manager of Lindenhof' },
]
const MACHINES_EACH = 4
const SCOPES = ['read', 'releases:write', 'rollouts:write', 'fleet:write', 'inquiries:write']

interface Stage {
  folder: string
  server: string
  admin: DemoPerson
  /** For the command line, as a CI job would have it. */
  token: string
}

interface Rollout {
  state: string
  because: string
  version: string
}

interface Installation {
  id: string
  name: string
  version: string | null
  health: string
}

export async function tellStory(folder: string, { server, adminEmail }: { server: string; adminEmail: string }) {
  const admin = await signIn(server, adminEmail)
  const { token } = await admin.call<{ token: string }>('POST', '/tokens', { name: 'CI of the demo', scopes: SCOPES })
  const stage = { folder, server, admin, token }
  const customers = await welcomeCustomers(stage)
  const machines = await connectMachines(
    stage,
    customers.map((customer) => customer.id),
  )
  const inquiryId = await openInquiry(stage, customers[0]?.manager ?? admin)
  await shipBadRelease(stage, machines)
  const seconds = await shipFix(stage, { machines, inquiryId, customer: customers[0]?.manager ?? admin })
  return { seconds, inquiryId, token, people: [admin, ...customers.map((customer) => customer.manager)] }
}

async function welcomeCustomers({ server, admin }: Stage) {
  act('1  A product, and three customers')
  await admin.call('PATCH', '/vendor', { name: 'Varnhold' })
  await admin.call('POST', '/products', { id: PRODUCT, name: 'Till', bakeSeconds: 5 })
  const customers = []
  for (const { name, email, person } of CUSTOMERS) {
    const { id } = await admin.call<{ id: string }>('POST', '/organisations', { name })
    await admin.call('PUT', `/organisations/${id}/entitlements/${PRODUCT}/stable`)
    await admin.call('POST', `/organisations/${id}/invitations`, { email, role: 'manager' })
    await acceptInvitation(server, { link: await linkInMail(admin, email), name: person })
    customers.push({ id, manager: await signIn(server, email) })
    tell(`${name} was invited by mail, accepted, and signed in.`)
  }
  return customers
}

async function linkInMail(admin: DemoPerson, to: string) {
  const { items } = await admin.call<{ items: { to: string; text: string | null }[] }>('GET', '/mails')
  const link = items.find((mail) => mail.to === to)?.text?.match(/https?:\/\/\S+\/invite\/\S+/)?.[0]
  if (!link) throw new Error(`No invitation for ${to} among the mails.`)
  return link
}

async function connectMachines(stage: Stage, organisationIds: string[]) {
  act('2  Release 1.0.0, and twelve installations')
  const { folder, server, admin } = stage
  await publish(stage, { version: '1.0.0', isBroken: false, steps: '100:0s' })
  await see('1.0.0 is the release of the channel', async () => (await latestRollout(admin))?.state === 'complete')
  const names = organisationIds.flatMap((organisationId, index) =>
    Array.from({ length: MACHINES_EACH }, (_, number) => ({ name: `till-${index + 1}${number + 1}`, organisationId })),
  )
  const machines = await Promise.all(names.map((name) => prepareMachine(folder, name)))
  // Four at a time: each is three processes, and the usual machine has two cores.
  const queue = [...machines]
  const connectNext = async () => {
    for (let machine = queue.shift(); machine; machine = queue.shift())
      await connect(admin, machine, { server, productId: PRODUCT })
  }
  await Promise.all([connectNext(), connectNext(), connectNext(), connectNext()])
  tell(`${machines.length} agents enrolled: each made its own key and pinned that of the product.`)
  await see('all twelve run 1.0.0, and the service of each says so itself', () => allRun(machines, '1.0.0'))
  await see('all twelve are reported healthy', () => allHealthy(admin, '1.0.0'))
  return machines
}

async function openInquiry({ admin }: Stage, customer: DemoPerson) {
  act('3  A customer has a problem')
  const { items } = await customer.call<{ items: Installation[] }>('GET', '/installations')
  const [own] = items
  if (!own || items.length !== MACHINES_EACH)
    throw new Error(`The customer should see ${MACHINES_EACH} installations of their own, and sees ${items.length}.`)
  const wish = {
    kind: 'incident_report',
    title: 'Receipts show the wrong total',
    text: 'Since this morning the total is a cent too high.',
    installationIds: [own.id],
  }
  const { id } = await customer.call<{ id: string }>('POST', '/inquiries', wish)
  tell(`${customer.email} opens ${id} on ${own.name}; version and health were attached by themselves.`)
  const error = await admin.call<{ id: string }>('POST', '/known-errors', {
    productId: PRODUCT,
    title: 'Totals are rounded up',
    description: 'Amounts are added before they are rounded.',
    affectedVersions: '<1.1.1',
    workaround: 'Round by hand.',
  })
  await admin.call('PATCH', `/inquiries/${id}`, { knownErrorId: error.id })
  tell(`Support links it to ${error.id}: whoever runs a version below 1.1.1 is affected.`)
  return id
}

async function shipBadRelease(stage: Stage, machines: Machine[]) {
  act('4  Release 1.1.0 is bad, and stops itself')
  await publish(stage, { version: '1.1.0', isBroken: true, steps: '25:2s,100:2s' })
  const halted = await see('the rollout of 1.1.0 halted by itself', async () => {
    const rollout = await latestRollout(stage.admin)
    return rollout?.version === '1.1.0' && rollout.state === 'halted' && rollout
  })
  tell(`   ${halted.because}`)
  await see('every installation runs 1.0.0: those that tried went back by themselves', () => allRun(machines, '1.0.0'))
  await see('and is healthy', () => allHealthy(stage.admin, '1.0.0'))
}

async function shipFix(
  stage: Stage,
  { machines, inquiryId, customer }: { machines: Machine[]; inquiryId: string; customer: DemoPerson },
) {
  act('5  Release 1.1.1 fixes it')
  const knownErrorId = (await stage.admin.call<{ knownError: { id: string } }>('GET', `/inquiries/${inquiryId}`)).knownError.id
  await publish(stage, { version: '1.1.1', isBroken: false, steps: '25:1s,50:1s,100:1s', fixes: knownErrorId })
  const published = performance.now()
  const inquiry = () =>
    customer.call<{ status: string; messages: { from: string; text: string }[] }>('GET', `/inquiries/${inquiryId}`)
  await see('the customer reads that the fix is on its way', async () =>
    /fix_on_its_way|closed_by_itself/.test((await inquiry()).status),
  )
  await see('the rollout of 1.1.1 is complete', async () => (await latestRollout(stage.admin))?.state === 'complete')
  await see('all twelve run 1.1.1, and the service of each says so itself', () => allRun(machines, '1.1.1'))
  const closed = await see(`${inquiryId} closed itself`, async () => {
    const now = await inquiry()
    return now.status === 'closed_by_itself' && now
  })
  const seconds = (performance.now() - published) / 1000
  tell(`   “${closed.messages.findLast((message) => message.from === 'system')?.text ?? ''}”`)
  await see('and the customer was told by mail', async () => {
    const { items } = await stage.admin.call<{ items: { to: string; subject: string }[] }>('GET', '/mails')
    return items.some((mail) => mail.to === customer.email && mail.subject.includes(inquiryId))
  })
  return seconds
}

async function latestRollout(admin: DemoPerson) {
  return (await admin.call<{ items: Rollout[] }>('GET', `/rollouts?productId=${PRODUCT}&channel=stable&limit=1`)).items[0]
}

async function allRun(machines: Machine[], version: string) {
  const versions = await Promise.all(machines.map(runningVersion))
  return versions.every((one) => one === version)
}

async function allHealthy(admin: DemoPerson, version: string) {
  const { items } = await admin.call<{ items: Installation[] }>('GET', `/installations?productId=${PRODUCT}&limit=100`)
  return items.length > 0 && items.every((one) => one.version === version && one.health === 'healthy')
}
