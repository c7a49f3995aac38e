// How the app is built (into dist/) and served while it is being written (`npm run dev`).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The real server of a developer, or the mock (mock/main.ts). */
const server = process.env['FAIRWAY_DEV_SERVER'] ?? 'http://localhost:4600'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compress()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    // The server answers these names with the nonce of the answer; inlined files would need `data:`.
    assetsInlineLimit: 0,
    manifest: true,
    // What may be loaded at first is measured by a test (web/first-load.test.ts).
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    port: 4610,
    strictPort: true,
    // The server knows only its own public address; what it answers is for it.
    proxy: Object.fromEntries(
      ['/api', '/sign-in', '/sign-out', '/invite', '/setup', '/identity-assets', '/health'].map((path) => [
        path,
        { target: server, changeOrigin: true, headers: { origin: server } },
      ]),
    ),
  },
})

/** Once here, instead of for each request there: the server sends `.br` and `.gz` where they lie beside a file. */
function compress(): Plugin {
  return {
    name: 'fairway-compress',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets')
      for (const name of readdirSync(assets).filter((one) => /\.(js|css|svg)$/.test(one))) {
        const content = readFileSync(join(assets, name))
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content))
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}
