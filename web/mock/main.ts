// The mock server of `npm run dev`: MOCK_PORT, MOCK_SCENARIO (full, empty, failing, many) and MOCK_STILL=1 (nothing moves) choose.
import { startClock } from './clock.ts'
import { createMock } from './server.ts'
import { createWorlds, isScenario } from './worlds.ts'

const port = Number(process.env['MOCK_PORT'] ?? 4611)
const wished = process.env['MOCK_SCENARIO'] ?? 'full'
const worlds = createWorlds({ isStill: process.env['MOCK_STILL'] === '1' })

startClock(worlds)
createMock(worlds, { scenario: isScenario(wished) ? wished : 'full' }).listen(port, '127.0.0.1', () => {
  console.log(`The mock answers at http://127.0.0.1:${port}; sign in at /sign-in.`)
})
