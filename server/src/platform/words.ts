// Every sentence that a person reads from the server, through i18next; each module brings its own words.
import { createInstance, type i18n } from 'i18next'

/** Language → key → sentence; `{{name}}` is filled in. */
export type WordTable = Record<string, Record<string, string>>

export interface Words {
  /** The sentence of `module:key` in the language of the person; English where it is missing. */
  say(key: string, values?: Record<string, string | number>, language?: string): string
}

/** @param tables the words of each module, by its name. */
export function createWords(tables: Record<string, WordTable>): Words {
  const instance: i18n = createInstance()
  const languages = new Set(Object.values(tables).flatMap((table) => Object.keys(table)))
  const resources = Object.fromEntries(
    [...languages].map((language) => [
      language,
      Object.fromEntries(Object.entries(tables).map(([module, table]) => [module, table[language] ?? {}])),
    ]),
  )
  void instance.init({
    resources,
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    keySeparator: false,
    // Mails are plain text, and pages escape for themselves.
    interpolation: { escapeValue: false },
  })
  return { say: (key, values = {}, language = 'en') => instance.t(key, { ...values, lng: language }) }
}
