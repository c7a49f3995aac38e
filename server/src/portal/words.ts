// The sentences of the portal that people read in inquiries and mails.
import type { WordTable } from '#platform/words'

export const portalWords: WordTable = {
  en: {
    'closed.fixed': 'Fixed in {{version}}, running healthy on {{where}}.',
    'closed.where': '{{name}} since {{since}}',
    'closed.where_later': '{{name}} ({{version}}) since {{since}}',
    'closed.more': '{{number}} more',
    'closed.silent': 'Not heard from for 14 days, so not checked: {{names}}. Install {{version}} there too.',
    'reopened.unhealthy':
      '{{name}} turned unhealthy on {{version}} ({{at}}), so this inquiry is open again. We are looking into it.',
    'reopened.went_back':
      '{{name}} went back to {{version}} ({{at}}), which does not have the fix, so this inquiry is open again.',
    'mail.closed_by_itself.subject': 'Solved: {{title}} ({{id}})',
    'mail.closed_by_itself.text':
      '{{sentence}}\n\nYour inquiry {{id}} is closed. Is it not solved? Reopen it within 30 days:\n{{link}}\n',
    'mail.closed.subject': 'Closed: {{title}} ({{id}})',
    'mail.closed.text': '{{sentence}}\n\nIs it not solved? Reopen it within 30 days:\n{{link}}\n',
    'mail.reopened_by_itself.subject': 'Open again: {{title}} ({{id}})',
    'mail.reopened_by_itself.text': '{{sentence}}\n\nWhere it stands:\n{{link}}\n',
    'mail.answered.subject': 'Answered: {{title}} ({{id}})',
    'mail.answered.text': '{{sentence}}\n\nRead on and answer:\n{{link}}\n',
    'answered.by': '{{name}} wrote:\n\n{{text}}',
    'closed.by_person': '{{name}} closed your inquiry {{id}}.',
  },
  de: {
    'closed.fixed': 'Behoben in {{version}}, läuft gesund auf {{where}}.',
    'closed.where': '{{name}} seit {{since}}',
    'closed.where_later': '{{name}} ({{version}}) seit {{since}}',
    'closed.more': '{{number}} weiteren',
    'closed.silent': 'Seit 14 Tagen ohne Meldung, daher nicht geprüft: {{names}}. Installieren Sie {{version}} auch dort.',
    'reopened.unhealthy':
      '{{name}} läuft mit {{version}} nicht mehr gesund ({{at}}), deshalb ist diese Anfrage wieder offen. Wir sehen nach.',
    'reopened.went_back':
      '{{name}} ist auf {{version}} zurückgegangen ({{at}}), dort fehlt die Behebung. Deshalb ist diese Anfrage wieder offen.',
    'mail.closed_by_itself.subject': 'Gelöst: {{title}} ({{id}})',
    'mail.closed_by_itself.text':
      '{{sentence}}\n\nIhre Anfrage {{id}} ist geschlossen. Nicht gelöst? Öffnen Sie sie innerhalb von 30 Tagen wieder:\n{{link}}\n',
    'mail.closed.subject': 'Geschlossen: {{title}} ({{id}})',
    'mail.closed.text': '{{sentence}}\n\nNicht gelöst? Öffnen Sie sie innerhalb von 30 Tagen wieder:\n{{link}}\n',
    'mail.reopened_by_itself.subject': 'Wieder offen: {{title}} ({{id}})',
    'mail.reopened_by_itself.text': '{{sentence}}\n\nSo steht es:\n{{link}}\n',
    'mail.answered.subject': 'Beantwortet: {{title}} ({{id}})',
    'mail.answered.text': '{{sentence}}\n\nWeiterlesen und antworten:\n{{link}}\n',
    'answered.by': '{{name}} schrieb:\n\n{{text}}',
    'closed.by_person': '{{name}} hat Ihre Anfrage {{id}} geschlossen.',
  },
}

/** A language that we have words in; dates are written in the same. */
export function languageOf(wish: string | undefined) {
  return wish !== undefined && Object.hasOwn(portalWords, wish) ? wish : 'en'
}
