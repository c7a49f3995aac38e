// Starts the app in the browser: styles, words, providers, routes.
import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono'
import './styles/mantine.css'
import './styles/tokens.css'
import './styles/ground.css'
import './styles/parts.css'
import './styles/fields.css'
import './styles/tables.css'
import './styles/bars.css'
import './styles/console.css'
import './styles/portal.css'
import './styles/screens.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { listenLive, queryClient } from '#api'
import { startWords } from '#words'
import { createRoutes } from './routes.tsx'
import { resolveVariables, styleNonce, theme } from './styles/theme.ts'

startWords()
listenLive()

const place = document.querySelector('#app')
if (!place) throw new Error('index.html has no #app.')
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={resolveVariables} getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createRoutes()} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
