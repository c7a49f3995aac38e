// How the app is built (into dist/) and served while it is being written (`npm run dev`).
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './build/compress.ts'
import { firstLoad } from './build/first-load.ts'

/** The real server of a developer, or the mock (mock/main.ts). */
const server = process.env['FAIRWAY_DEV_SERVER'] ?? 'http://localhost:4600'

const packages = (names: string) => new RegExp(`/node_modules/(${names})/`)

const SHARED_PARTS = /\/@tabler\/icons-react\/|\/src\/(frames\/|api\/waiting-).*\.tsx?$/

/** What changes seldom apart from what changes often; and few files, since each costs a round trip. A group takes what its files need with it, so the deepest come first. */
const GROUPS = [
  { name: 'react', test: packages('react|react-dom|scheduler'), priority: 5 },
  { name: 'kit', test: packages('react-router|@tanstack/[^/]+|openapi-[^/]+|i18next|react-i18next'), priority: 4 },
  // Some are used without the boxes.
  { name: 'hooks', test: packages('@mantine/hooks'), priority: 2 },
  { name: 'boxes', test: packages('@mantine/core|@floating-ui/[^/]+'), priority: 1 },
  // Icons, and what both frames have in common.
  { name: 'parts', test: SHARED_PARTS, minShareCount: 2, includeDependenciesRecursively: false },
  // What several screens of a module have in common.
  { name: moduleOf, debugName: 'modules', test: /\/src\/features\//, minShareCount: 2, includeDependenciesRecursively: false },
]

function moduleOf(file: string) {
  return /\/src\/features\/([^/]+)\//.exec(file)?.[1] ?? 'app'
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), firstLoad(), compress()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    // The server answers these names with the nonce of the answer; inlined files would need `data:`.
    assetsInlineLimit: 0,
    manifest: true,
    // Every browser that runs this app knows it by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
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
