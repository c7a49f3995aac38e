// What stands in the page itself, before any script came: the frame as shapes, without words. The server writes it in, the first screen takes its place.

const ROWS = '<div class="skeleton"><i></i><i></i><i></i></div>'

const CONSOLE = `<div class="app first" id="first-paint" aria-hidden="true">
  <div class="side"><span class="brand"><svg viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="var(--accent)"/></svg></span></div>
  <div class="mtop"><span class="brand"><svg viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="var(--accent)"/></svg></span></div>
  <div class="main"><div class="headbar"></div><div class="pg">${ROWS}</div></div>
</div>`

const PORTAL = `<div class="portal first" id="first-paint" aria-hidden="true">
  <div class="ptop"><div><svg viewBox="0 0 28 28" width="28" height="28"><rect width="28" height="28" rx="6" fill="var(--text)"/></svg></div></div>
  <div class="pw"><div class="card">${ROWS}</div></div>
</div>`

export const firstPaint = { 'console-frame': CONSOLE, 'portal-frame': PORTAL }
