// Where the parts of this repository lie, and what Fairway says while it starts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const modules = join(root, 'node_modules')

const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node
export const pinnedMajor = pinned.split('.')[0]

/** Ends the run with a sentence for the person at the terminal. */
export class Stop extends Error {
  constructor(message, code = 1) {
    super(message)
    this.code = code
  }
}

/** To stderr: stdout belongs to the script that is run (`fairway … --json`). */
export function say(line) {
  process.stderr.write(`${line}\n`)
}
