// How long until it is ready: the first time, when the database is made, and every time after.
import { join } from 'node:path'
import { startPlatform } from '../demo/platform.ts'
import { stopProgram } from '../demo/processes.ts'
import type { Figure } from './figure.ts'

export async function measureStart(folder: string): Promise<Figure[]> {
  const place = join(folder, 'start')
  const first = await timeStart(place)
  const second = await timeStart(place)
  return [
    { name: 'start, first (makes the database)', value: first, unit: 's' },
    { name: 'start, second', value: second, unit: 's' },
  ]
}

async function timeStart(place: string) {
  const began = performance.now()
  const { child, isReady } = await startPlatform(place)
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 10))
  const seconds = (performance.now() - began) / 1000
  await stopProgram(child)
  return seconds
}
