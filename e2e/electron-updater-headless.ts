// Runs electron-updater without Electron: its own HTTP, folders and versions, nothing of it replaced (research: clients-lab §1).
import { writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** As much of the library as we call; it has no types that load without Electron. */
export interface HeadlessUpdater {
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>
  downloadUpdate(): Promise<string[]>
}

interface DownloadOptions {
  headers?: object
  cancellationToken: {
    createPromise<Result>(
      run: (resolve: (value: Result) => void, reject: (error: Error) => void, onCancel: () => void) => void,
    ): Promise<Result>
  }
}

const require = createRequire(import.meta.url)
const { HttpExecutor, configureRequestUrl, configureRequestOptions } = require('builder-util-runtime')
const { DebUpdater } = require('electron-updater')

class NodeHttpExecutor extends HttpExecutor {
  createRequest(options: { protocol: string }, callback: (response: http.IncomingMessage) => void) {
    return (options.protocol === 'http:' ? http : https).request(options as http.RequestOptions, callback)
  }

  download(url: URL, destination: string, options: DownloadOptions) {
    return options.cancellationToken.createPromise<string>((resolve, reject, onCancel) => {
      const request = { headers: options.headers }
      configureRequestUrl(url, request)
      configureRequestOptions(request)
      const callback = (error?: Error | null) => (error == null ? resolve(destination) : reject(error))
      this.doDownload(request, { destination, options, onCancel, responseHandler: null, callback }, 0)
    })
  }
}

/** A client at version 1.0.0, with its state below `dir`. */
export function createHeadlessUpdater({
  dir,
  url,
  token,
}: {
  dir: string
  url: string
  token?: string | undefined
}): HeadlessUpdater {
  const config = join(dir, 'app-update.yml')
  writeFileSync(config, `provider: generic\nurl: ${url}\nupdaterCacheDirName: app-updater\n`)
  const app = {
    version: '1.0.0',
    name: 'app',
    isPackaged: true,
    userDataPath: join(dir, 'userData'),
    baseCachePath: join(dir, 'cache'),
    appUpdateConfigPath: config,
    whenReady: () => Promise.resolve(),
    quit: () => undefined,
    relaunch: () => undefined,
    onQuit: () => undefined,
  }
  const updater = new DebUpdater(null, app)
  updater.httpExecutor = new NodeHttpExecutor()
  updater.logger = null
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  if (token) updater.addAuthHeader(`Bearer ${token}`)
  return updater
}
