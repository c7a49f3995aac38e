// Every word of the app through i18next: English now; a second language is a second folder beside en/.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from './en/index.ts'
import { everywhere } from './en/everywhere.ts'
import { type WordFile, wordFiles } from './files.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'en'
    resources: { en: typeof en }
    // Our keys have underscores; contexts are not used.
    contextSeparator: '|'
  }
}

export function startWords() {
  // What every screen needs is here, so nothing is waited for.
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'en',
    resources: { en: { en: everywhere } },
    initAsync: false,
    contextSeparator: '|',
    // React writes text as text.
    interpolation: { escapeValue: false },
  })
}

/** To be awaited before anything of these files is said; the type of `t` knows all of them, loaded or not. */
export async function loadWords(files: readonly WordFile[]) {
  await Promise.all(files.map(async (file) => i18next.addResourceBundle('en', 'en', await wordFiles[file](), true)))
}

/** For keys that are put together: the type cannot know them. */
export function isWord(key: string): boolean {
  return i18next.exists(key)
}

export type { WordFile } from './files.ts'
export { i18next as words }
export { Trans, useTranslation } from 'react-i18next'
