// Own properties that parts hand to their styles.
import 'react'

declare module 'react' {
  interface CSSProperties {
    '--gap'?: string
  }
}
