// Starts the app in the browser: styles, words, providers, routes.
import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono'
import './styles/tokens.css'
import './styles/ground.css'
import './styles/parts.css'
import './styles/fields.css'
import './styles/tables.css'
import './styles/bars.css'
import './styles/console.css'
import './styles/portal.css'
import './styles/screens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { listenLive, queryClient } from '#api'
import { startColorScheme, warmBoxes } from '#ui'
import { startWords } from '#words'
import { createRoutes } from './routes.tsx'

/** After the first screen, and after what it needed. */
const WARM_AFTER_MS = 3000

function draw() {
  const place = document.querySelector('#app')
  if (!place) throw new Error('index.html has no #app.')
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createRoutes()} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

startColorScheme()
startWords()
listenLive()
// Reading all of this was one task already; drawing begins in one of its own, so that neither is long.
setTimeout(draw)
setTimeout(warmBoxes, WARM_AFTER_MS)
