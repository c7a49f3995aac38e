// The sentences of identity that people read: mails, and the small pages of signing in.
import type { WordTable } from '#platform/words'

export const identityWords: WordTable = {
  en: {
    staff_place: 'Fairway',
    link_mail_subject: 'Your sign-in link for Fairway',
    link_mail_text:
      'Hello {{name}},\n\nopen this address and press the button there to sign in:\n\n{{url}}\n\nIt works once, and for {{minutes}} minutes. If you did not ask for it, there is nothing to do: nobody can sign in without this mail.\n',
    password_mail_subject: 'Your Fairway password was changed',
    password_mail_text:
      'Hello {{name}},\n\nyour password was changed just now. If that was you, there is nothing to do.\n\nIf it was not you, tell your administrator at once: they can end every session of yours. You can still sign in by a mailed link at {{url}}\n',
    invitation_mail_subject: 'You are invited to {{where}}',
    invitation_mail_text:
      'Hello,\n\nyou are invited to {{where}}. Open this address to join:\n\n{{url}}\n\nIt works once, and for {{days}} days. If you did not expect it, there is nothing to do.\n',
    page_sign_in: 'Sign in',
    page_email: 'E-mail address',
    page_password: 'Password',
    page_new_password: 'New password',
    page_name: 'Your name',
    page_passkey: 'Use a passkey',
    page_passkey_failed: 'No passkey was used. Try again, or sign in another way.',
    page_no_password: 'Without a password',
    page_mail_me: 'Mail me a link',
    page_sign_in_wrong: 'E-mail address or password are wrong.',
    page_too_many: 'That was too often. Wait a minute, then try again.',
    page_link_sent: 'Look into your mail',
    page_link_sent_text:
      'If somebody with the address {{email}} has access, a link is on its way. It works once, for 15 minutes.',
    page_link_text: 'Press the button to sign in with the link from your mail.',
    page_link_void: 'This link does not work',
    page_link_void_text: 'It was used, is older than 15 minutes, or is not complete. Ask for a new one.',
    page_second_step: 'Second step',
    page_code: 'Code',
    page_code_hint: 'Six digits from your authenticator app, or one of your backup codes.',
    page_code_wrong: 'This code is wrong, or too old. Try the next one, or start again.',
    page_start_again: 'Start again',
    page_signed_in: 'You are signed in',
    page_signed_in_as: 'Signed in as {{name}}.',
    page_sign_out: 'Sign out',
    page_invite: 'You are invited',
    page_invite_text: 'Join {{where}} with the address {{email}}.',
    page_optional_password_hint: 'At least {{min}} characters. Leave it empty to sign in by mailed links only.',
    page_password_hint: 'At least {{min}} characters.',
    page_join: 'Join',
    page_setup: 'Set up Fairway',
    page_setup_text: 'You become its first administrator. This page works once.',
    page_setup_button: 'Become administrator',
    page_welcome: 'Welcome',
    page_welcome_text: 'You can sign in now.',
    page_not_possible: 'That is not possible',
    page_form_wrong: 'Something in this form or address is not as it should be. Go back and look at each field.',
  },
}
