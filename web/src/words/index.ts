// Every word of the app through i18next: English now; a second language is a second folder beside en/.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'en'
    resources: { en: typeof en }
    // Our keys have underscores; contexts are not used.
    contextSeparator: '|'
  }
}

export function startWords() {
  // Nothing is loaded, so nothing is waited for.
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'en',
    resources: { en: { en } },
    initAsync: false,
    contextSeparator: '|',
    // React writes text as text.
    interpolation: { escapeValue: false },
  })
}

/** For keys that are put together: the type cannot know them. */
export function isWord(key: string): boolean {
  return i18next.exists(key)
}

export { i18next as words }
export { Trans, useTranslation } from 'react-i18next'
