// The command tree: what product.md promises is there, and help says the exit codes.
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { EXIT } from './exit-codes.ts'
import { createProgram } from './program.ts'

function leaves(command: Command, path: string[] = []): string[] {
  return command.commands.flatMap((child) => {
    const here = [...path, child.name()]
    return child.commands.length > 0 ? leaves(child, here) : [here.join(' ')]
  })
}

test('has the commands that were promised', () => {
  const wanted = {
    '': ['login', 'logout', 'whoami', 'backup', 'restore'],
    product: ['list', 'create', 'show'],
    keys: ['show', 'create', 'rotate', 'sign', 'export', 'sign-file', 'import', 'undo'],
    channel: ['list', 'create'],
    release: ['list', 'show', 'publish', 'draft', 'amend', 'withdraw'],
    rollout: ['list', 'show', 'start', 'pause', 'resume', 'halt', 'roll-back', 'watch'],
    installation: ['list', 'show', 'enroll', 'retire', 'revoke'],
    inquiry: ['list', 'show', 'open', 'answer', 'note', 'close', 'reopen', 'link'],
    'known-error': ['list', 'create', 'show'],
    organisation: ['list', 'create', 'entitle'],
    token: ['list', 'create', 'revoke'],
    mail: ['list'],
  }

  const promised = Object.entries(wanted).flatMap(([noun, verbs]) => verbs.map((verb) => `${noun} ${verb}`.trim()))

  expect(leaves(createProgram()).sort()).toEqual(promised.sort())
})

test('help names every exit code', () => {
  let help = ''
  const program = createProgram().configureOutput({ writeOut: (text) => void (help += text) })

  expect(() => program.parse(['--help'], { from: 'user' })).toThrow()
  for (const code of Object.values(EXIT)) expect(help).toMatch(new RegExp(`^ +${code}  \\S`, 'm'))
})
