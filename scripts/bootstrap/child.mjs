// Runs a program to its end and passes signals on to it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Passes signals on while the program runs, and tells how it ended. */
export function runToEnd(program, args, options) {
  return new Promise((resolve) => {
    let stoppedBy
    const child = spawn(program, args, options)
    const pass = (signal) => {
      stoppedBy = signal
      if (signal !== 'SIGINT' || !isInForeground()) child.kill(signal)
    }
    const end = (ended) => {
      for (const signal of SIGNALS) process.off(signal, pass)
      resolve(ended)
    }
    for (const signal of SIGNALS) process.on(signal, pass)
    child.once('error', (error) => end({ error }))
    child.once('exit', (code, signal) => end({ code, signal, stoppedBy: stoppedBy ?? signal }))
  })
}

/** A terminal sends Ctrl-C to everybody in its foreground group, the child included: passed on as well it would come twice. */
function isInForeground() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[2] === fields[5]
  } catch {
    return process.stdin.isTTY === true
  }
}
