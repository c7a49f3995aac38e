// What Mantine's parts need around them: the theme, the variables of their styles, and the nonce for those.
import { MantineContext, MantineProvider } from '@mantine/core'
import { type ReactNode, useContext } from 'react'
import './mantine.css'
import { resolveVariables, styleNonce, theme } from './theme.ts'

/** Around each box, not around the app: Mantine is loaded when the first box opens. */
export function WithMantine({ children }: { children: ReactNode }) {
  const isInside = useContext(MantineContext) !== null
  if (isInside) return children
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={resolveVariables}
      getStyleNonce={styleNonce}
      withGlobalClasses={false}
      // The root element shows the scheme by color-scheme.ts alone.
      getRootElement={() => undefined}
    >
      {children}
    </MantineProvider>
  )
}
