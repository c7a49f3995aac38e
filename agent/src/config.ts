// The local configuration, DIR/agent.json: how this machine starts, stops and judges the software. The server never says that.
import { AgentError } from './agent-error.ts'
import { readJsonFile } from './files.ts'
import { field, isObject } from './json.ts'

export type HealthCheck = { http: string } | { command: string[] }

/** Times in seconds; `pollSeconds` only lowers the server's interval. */
export interface Config {
  start: string[]
  stop: string[]
  health: HealthCheck
  healthSeconds: number
  healthChecks: number
  healthIntervalSeconds: number
  commandSeconds: number
  keepVersions: number
  pollSeconds?: number
}

const known = [
  'start',
  'stop',
  'health',
  'healthSeconds',
  'healthChecks',
  'healthIntervalSeconds',
  'commandSeconds',
  'keepVersions',
  'pollSeconds',
]

/** Throws an AgentError `config.…` that names every mistake at once. */
export async function readConfig(path: string): Promise<Config> {
  const value = await readJsonFile(path)
  if (value === undefined)
    throw new AgentError(
      'config.missing',
      `There is no ${path}. It says how to start, stop and check the software; see the README.`,
    )
  return parseConfig(value, path)
}

export function parseConfig(value: unknown, path: string): Config {
  if (!isObject(value)) throw new AgentError('config.malformed', `${path} must hold one JSON object.`)
  const mistakes = Object.keys(value).flatMap((name) =>
    known.includes(name) ? [] : [`"${name}" is not a setting that the agent knows.`],
  )
  const read = readerOf(value, mistakes)
  const config = {
    start: read.command('start'),
    stop: read.command('stop'),
    health: readHealth(value['health'], mistakes),
    healthSeconds: read.number('healthSeconds', { min: 0.1, max: 3600, otherwise: 30 }),
    healthChecks: read.number('healthChecks', { min: 1, max: 100, otherwise: 3, whole: true }),
    healthIntervalSeconds: read.number('healthIntervalSeconds', { min: 0.01, max: 300, otherwise: 1 }),
    commandSeconds: read.number('commandSeconds', { min: 0.1, max: 3600, otherwise: 60 }),
    keepVersions: read.number('keepVersions', { min: 1, max: 50, otherwise: 2, whole: true }),
    ...('pollSeconds' in value && { pollSeconds: read.number('pollSeconds', { min: 0.05, max: 86_400, otherwise: 60 }) }),
  }
  if (mistakes.length > 0) throw new AgentError('config.malformed', [`${path} cannot be used:`, ...mistakes].join('\n  '))
  return config
}

interface Bounds {
  min: number
  max: number
  otherwise: number
  whole?: boolean
}

function readerOf(value: Record<string, unknown>, mistakes: string[]) {
  return {
    command(name: string): string[] {
      const argv = readArguments(value[name])
      if (!argv)
        mistakes.push(
          `"${name}" must be a list of texts: the program and its arguments, for example ["/opt/till/${name}", "--quiet"].`,
        )
      return argv ?? []
    },
    number(name: string, { min, max, otherwise, whole }: Bounds): number {
      const number = value[name] ?? otherwise
      const fits = typeof number === 'number' && number >= min && number <= max && (!whole || Number.isInteger(number))
      if (!fits) mistakes.push(`"${name}" must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`)
      return fits ? number : otherwise
    },
  }
}

function readHealth(value: unknown, mistakes: string[]): HealthCheck {
  const http = field(value, 'http')
  const command = readArguments(field(value, 'command'))
  const one = isObject(value) && Object.keys(value).length === 1
  if (one && typeof http === 'string' && URL.canParse(http) && /^https?:$/.test(new URL(http).protocol)) return { http }
  if (one && command) return { command }
  mistakes.push('"health" must be { "http": "http://127.0.0.1:PORT/health" } or { "command": ["program", "argument"] }.')
  return { command: [] }
}

function readArguments(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value[0] === '') return undefined
  const texts = value.filter((part): part is string => typeof part === 'string' && !part.includes('\0'))
  return texts.length === value.length ? texts : undefined
}
