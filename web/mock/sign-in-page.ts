// The sign-in page of the mock: as whom, and in which world.
import { PERSONAS } from './personas.ts'
import { type Scenario, SCENARIOS } from './worlds.ts'

export function signInPage(scenario: Scenario, next: string) {
  const scenarios = Object.entries(SCENARIOS).map(([name, words]) => {
    const link = `<a href="/sign-in?${new URLSearchParams({ scenario: name, next })}">${name}</a>, ${words}`
    return `<li>${name === scenario ? `<b>${link}</b>` : link}</li>`
  })
  const people = Object.entries(PERSONAS).map(
    ([name, { words }]) => `<li><a href="/sign-in?${new URLSearchParams({ as: name, scenario, next })}">${words}</a></li>`,
  )
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Sign in · mock</title>
    <link rel="icon" href="/favicon.svg">
    <style>:root { color-scheme: light dark } body { font: 16px/1.8 system-ui; max-width: 36rem; margin: 10vh auto; padding: 0 1rem }</style>
  </head>
  <body>
    <h1>Sign in to the mock</h1>
    <ul>${people.join('')}</ul>
    <h2>World</h2>
    <ul>${scenarios.join('')}</ul>
    <p><a href="/sign-in?${new URLSearchParams({ anew: '1', scenario, next })}">Make this world anew</a></p>
  </body>
</html>
`
}
