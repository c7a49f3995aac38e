// Vitest's set-up of the crash tests: keeps the count of kills, prints it at the end, and demands fifty of a whole run.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Victim } from './kills.ts'

const LEAST = 50
const SUITES = globSync('*.crash.test.ts', { cwd: join(import.meta.dirname, '..') }).length

let folder = ''

export function setup(project: TestProject) {
  folder = mkdtempSync(join(tmpdir(), 'fairway-kills-'))
  writeFileSync(join(folder, 'kills'), '')
  project.provide('killsFile', join(folder, 'kills'))
}

export function teardown() {
  const lines = readFileSync(join(folder, 'kills'), 'utf8').split('\n')
  rmSync(folder, { recursive: true, force: true })
  const count = (victim: Victim) => lines.filter((line) => line === victim).length
  const [server, postgres, agent] = [count('server'), count('postgres'), count('agent')]
  console.log(`kills: server ${server}, postgres ${postgres}, agent ${agent}`)
  const isWhole = lines.filter((line) => line.startsWith('done ')).length === SUITES
  if (isWhole && server + postgres + agent < LEAST) throw new Error(`That were fewer than ${LEAST} kills.`)
}
