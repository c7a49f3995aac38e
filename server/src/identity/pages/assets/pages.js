// What a browser can add: passkeys, a word about caps lock, the address taken along. Everything on these pages works without it.

// Before the first paint: who chose dark in the app finds dark here.
const chosen = localStorage.getItem('mantine-color-scheme-value')
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen

document.addEventListener('DOMContentLoaded', () => {
  offerPasskey(document.querySelector('[data-passkey]'))
  for (const input of document.querySelectorAll('[data-caps-lock]')) tellCapsLock(input)
  takeAddressAlong()
})

function offerPasskey(place) {
  if (!place || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return
  const show = (message) => {
    const box = place.querySelector('.error')
    box.textContent = message
    box.hidden = false
  }
  place.hidden = false
  place.querySelector('button').addEventListener('click', () => {
    signInByPasskey()
      .then((refusal) => (refusal === undefined ? location.assign(place.dataset.next) : show(refusal)))
      .catch(() => show(place.dataset.failed))
  })
}

/** Nothing where it worked, else what the server says. */
async function signInByPasskey() {
  const options = await (await fetch('/api/auth/passkey/generate-authenticate-options')).json()
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  const answer = await fetch('/api/auth/passkey/verify-authentication', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response: credential.toJSON() }),
  })
  return answer.ok ? undefined : (await answer.json()).detail
}

function tellCapsLock(input) {
  const hint = document.createElement('p')
  hint.className = 'hint'
  hint.setAttribute('aria-live', 'polite')
  input.after(hint)
  const tell = (event) => {
    hint.textContent = event.getModifierState?.('CapsLock') ? input.dataset.capsLock : ''
  }
  input.addEventListener('keydown', tell)
  input.addEventListener('keyup', tell)
}

/** From the form of the password to that of the link; never in an address, since addresses are kept in logs. */
function takeAddressAlong() {
  const link = document.querySelector('[data-mail-link]')
  link?.addEventListener('click', () => sessionStorage.setItem('fairway-email', document.querySelector('#email').value))
  const email = document.querySelector('[data-link-form] #email')
  if (!email || email.value !== '') return
  email.value = sessionStorage.getItem('fairway-email') ?? ''
  sessionStorage.removeItem('fairway-email')
}
