// Signs in with a passkey, where the browser can; everything else on these pages works without script.
const button = document.querySelector('[data-passkey]')

if (button && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  button.hidden = false
  button.addEventListener('click', () => signInByPasskey().catch(() => show(button.dataset.failed)))
}

async function signInByPasskey() {
  const options = await (await fetch('/api/auth/passkey/generate-authenticate-options')).json()
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  const answer = await fetch('/api/auth/passkey/verify-authentication', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response: credential.toJSON() }),
  })
  if (answer.ok) location.assign(button.dataset.next)
  else show((await answer.json()).detail)
}

function show(message) {
  const box = document.querySelector('[data-passkey-error]')
  box.textContent = message
  box.hidden = false
}
