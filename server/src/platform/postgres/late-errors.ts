// Keeps an error that comes while a connection ends from ending the process.
import pg from 'pg'

/**
 * pg-boss takes all listeners off its listening connection before it ends it (12.38, `db.js`): if PostgreSQL dies in that moment,
 * its last word is an `error` event that nobody hears, and Node ends the process. What pg-boss makes from now on hears it.
 */
export function hearLateErrors() {
  if (pg.Client.name !== HeardClient.name) Object.assign(pg, { Client: HeardClient })
}

class HeardClient extends pg.Client {
  override removeAllListeners(...events: [event?: string | symbol]) {
    // Node tells none from undefined.
    super.removeAllListeners(...events)
    return this.on('error', () => undefined)
  }
}
