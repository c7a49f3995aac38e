// Gives Mantine the tokens of the design, so that its parts look like ours.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const tuple = (...steps: MantineColorsTuple) => steps

export const theme = createTheme({
  colors: {
    gray: tuple('#f6f8fa', '#eef0f3', '#e2e6ea', '#d1d7dc', '#b1b8bf', '#89929a', '#666e77', '#4d555d', '#333a41', '#191f24'),
    dark: tuple('#ebedef', '#b1b5b8', '#8e9398', '#6c7278', '#42494f', '#2f353b', '#22272d', '#1a1f24', '#12171b', '#0b0f12'),
    sea: tuple('#f0f8fe', '#ddf0fe', '#bde2ff', '#8dceff', '#5ab5f6', '#2e99dd', '#0b7bb9', '#036599', '#024c75', '#01314e'),
    green: tuple('#edfbf0', '#d8f6de', '#b5ecc3', '#87dc9f', '#56c77c', '#34aa61', '#1f8a4b', '#16713c', '#12562d', '#0e371d'),
    yellow: tuple('#fff7ee', '#ffedd8', '#ffdbaf', '#fec171', '#f2a635', '#d08808', '#a46b04', '#835400', '#643f00', '#402804'),
    red: tuple('#fef4f3', '#fee7e4', '#fed0c9', '#feaea4', '#fb8579', '#ec584f', '#cc3430', '#aa2523', '#811e1b', '#521613'),
  },
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--sans)', fontWeight: '600' },
  defaultRadius: 6,
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
})

/** Meaning, not steps: one definition for both schemes, since tokens use light-dark(). */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--raised)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-shadow-md': 'var(--shadow-2)',
    '--mantine-shadow-xl': 'var(--shadow-3)',
  },
  light: {},
  dark: {},
})

/** The server allows only styles that carry the nonce of this answer (Content-Security-Policy). */
export function styleNonce() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=fairway-nonce]')?.content ?? ''
  // react-remove-scroll, which Mantine's dialogs use, asks webpack's name for it.
  Object.assign(globalThis, { __webpack_nonce__: nonce })
  return nonce
}
