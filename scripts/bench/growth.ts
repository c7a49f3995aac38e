// How answers slow down as the log and the lists grow: the same question at one, ten and a hundred times the rows.
import { median, type Figure } from './figure.ts'
import type { Stage } from './stage.ts'

const SIZES = [100, 1000, 10_000]
const ASKED = 15

export async function measureGrowth({ admin, organisationId }: Stage): Promise<Figure[]> {
  const figures: Figure[] = []
  let made = 0
  for (const size of SIZES) {
    for (; made < size; made += 10)
      await Promise.all(Array.from({ length: 10 }, (_, index) => openInquiry(admin, { organisationId, number: made + index })))
    figures.push({
      name: `first page of ${size.toLocaleString('en')} inquiries`,
      value: await timeOf(() => admin.call('GET', '/inquiries?limit=50')),
      unit: 'ms',
    })
  }
  return figures
}

async function openInquiry(admin: Stage['admin'], { organisationId, number }: { organisationId: string; number: number }) {
  await admin.call('POST', '/inquiries', { organisationId, kind: 'question', title: `Question ${number}`, text: 'How?' })
}

async function timeOf(ask: () => Promise<unknown>) {
  const times: number[] = []
  for (let round = 0; round < ASKED; round++) {
    const began = performance.now()
    await ask()
    times.push(performance.now() - began)
  }
  return median(times)
}
