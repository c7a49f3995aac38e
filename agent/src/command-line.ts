// The command line of fairway-agent: its words, its help, its checks; no effects.
import { parseArgs } from 'node:util'
import { AgentError, sentenceOf } from './agent-error.ts'

export interface CommandLine {
  command: 'enroll' | 'run' | 'status' | 'check' | 'help'
  dir: string
  server: string
  token: string
  fingerprint: string
  name: string | undefined
  config: string | undefined
  once: boolean
  json: boolean
  jsonLog: boolean
}

export const help = `fairway-agent keeps one installation of a product up to date.

  fairway-agent enroll SERVER_URL TOKEN --fingerprint sha256:HEX --dir DIR [--name NAME] [--config FILE]
      Makes this installation known to the server. May be repeated with the same token.
  fairway-agent run --dir DIR [--once] [--json-log]
      Asks for updates and installs them, until SIGTERM. --once: one cycle. The software keeps running.
  fairway-agent status --dir DIR [--json]
      What runs, how it is, what the server last said. Asks no server.
  fairway-agent check --dir DIR [--json]
      One check-in; prints the decision and installs nothing. Not while "run" works on the folder.

DIR/agent.json says how to start, stop and check the software; see the README.

Exit codes
  0  done; check: what runs is what should run      5  the server revoked this installation
  1  unexpected, or the server did not help         6  run --once: no update came through, the old version runs
  2  wrong usage or configuration                  10  check: an update waits
  3  not enrolled, or the enrolment was refused    11  check: an update is held back
  4  another agent works on the folder
`

const options = {
  dir: { type: 'string' },
  fingerprint: { type: 'string' },
  name: { type: 'string' },
  config: { type: 'string' },
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  'json-log': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const allowed: Record<CommandLine['command'], { positionals: number; options: readonly string[] }> = {
  enroll: { positionals: 2, options: ['dir', 'fingerprint', 'name', 'config'] },
  run: { positionals: 0, options: ['dir', 'once', 'json-log'] },
  status: { positionals: 0, options: ['dir', 'json'] },
  check: { positionals: 0, options: ['dir', 'json', 'json-log'] },
  help: { positionals: 0, options: ['help'] },
}

/** Throws an AgentError `usage.…` that says what is wrong. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parse(args)
  const [word = 'help', server = '', token = ''] = positionals
  const command = values.help ? 'help' : commandOf(word)
  if (command !== 'help') whatIsWrong(command, positionals, Object.keys(values))
  if (command !== 'help' && !values.dir) throw usage('--dir DIR is missing: the folder of this installation.')
  if (command === 'enroll' && !values.fingerprint)
    throw usage('--fingerprint is missing; it stands in the enrolment command that the server shows.')
  const { dir = '', fingerprint = '', name, config, once = false, json = false } = values
  return { command, dir, server, token, fingerprint, name, config, once, json, jsonLog: values['json-log'] ?? false }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw usage(sentenceOf(error))
  }
}

function commandOf(word: string): CommandLine['command'] {
  if (word === 'enroll' || word === 'run' || word === 'status' || word === 'check' || word === 'help') return word
  throw usage(`There is no command "${word}".`)
}

function whatIsWrong(command: CommandLine['command'], positionals: string[], given: string[]): void {
  const rule = allowed[command]
  if (positionals.length - 1 !== rule.positionals)
    throw usage(command === 'enroll' ? 'enroll needs SERVER_URL and TOKEN.' : `${command} takes no further words.`)
  const foreign = given.find((name) => !rule.options.includes(name))
  if (foreign) throw usage(`${command} does not know --${foreign}.`)
}

function usage(message: string): AgentError {
  return new AgentError('usage.wrong', `${message} See fairway-agent --help.`)
}
