// Log lines on the error stream: `time message key=value`, or JSON; values never hold tokens or keys.
export type Fields = Record<string, string | number | boolean | null | undefined>

export interface Log {
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  /** A person must act. */
  error(message: string, fields?: Fields): void
}

export function createLog({ json }: { json: boolean }): Log {
  const write = (level: string, message: string, fields: Fields = {}) => {
    const line = json ? jsonLine(level, message, fields) : textLine(level, message, fields)
    process.stderr.write(`${line}\n`)
  }
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  }
}

function jsonLine(level: string, message: string, fields: Fields) {
  return JSON.stringify({ ...fields, time: new Date().toISOString(), level, message })
}

function textLine(level: string, message: string, fields: Fields) {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  const mark = level === 'info' ? '' : `${level.toUpperCase()}: `
  return [new Date().toISOString(), `${mark}${message}`, ...known.map(([key, value]) => `${key}=${quote(String(value))}`)].join(
    ' ',
  )
}

// A value with a space or a line break would read as more than one field.
function quote(value: string) {
  return /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value)
}
