// How an address becomes a screen (screens.ts has them all): who may be there, its frame, its page, each loaded when it is first needed.
import { useEffect, useLayoutEffect } from 'react'
import { createBrowserRouter, Outlet, redirect, type MiddlewareFunction, type RouteObject, ScrollRestoration } from 'react-router'
import { ensure, forgetBrought, meQuery, problemOf, queryClient, vendorQuery } from '#api'
import { paths } from '#paths'
import { NotFound, RouteError } from '#ui'
import { loadWords } from '#words'
import { consoleFace, portalFace, type Screen } from './screens.ts'

/** `Component` and, mostly, `loader`. */
type Page = Partial<Pick<RouteObject, 'Component' | 'loader'>>

const pages = import.meta.glob<Page>('./features/*/*-page.tsx')

/** Who is not signed in is on the way to the sign-in page: nothing is shown meanwhile. */
async function whoIsThere() {
  try {
    const [me] = await Promise.all([queryClient.ensureQueryData(meQuery), ensure(vendorQuery)])
    return me
  } catch (error) {
    if (problemOf(error).status === 401) return new Promise<never>(() => {})
    throw error
  }
}

/** Before any loader of the pages asks for what the other face may not see. */
const forMembers: MiddlewareFunction = async ({ request }) => {
  const me = await whoIsThere()
  if (me.kind !== 'staff') return
  if (new URL(request.url).pathname === paths.home()) throw redirect(paths.today())
  throw { status: 404, code: 'page.unknown', detail: '' }
}

const forStaff: MiddlewareFunction = async () => {
  const me = await whoIsThere()
  if (me.kind !== 'staff') throw { status: 404, code: 'page.unknown', detail: '' }
}

function routeOf({ path, page, words }: Screen): RouteObject {
  const load = pages[`./features/${page}.tsx`]
  if (!load) throw new Error(`screens.ts: there is no ${page}.tsx.`)
  const lazy = async () => {
    const [{ Component, loader }] = await Promise.all([load(), loadWords(words)])
    return { ...(Component && { Component }), ...(loader && { loader }) }
  }
  return path === '' ? { index: true, lazy } : { path, lazy }
}

/** What no screen is for; it stays inside the frame. */
const notFoundIn = (home: string): RouteObject => ({ path: '*', element: <NotFound home={home} /> })

async function loadConsole() {
  const [{ ConsoleFrame }] = await Promise.all([import('./frames/console-frame.tsx'), loadWords(consoleFace.words)])
  return { Component: ConsoleFrame }
}

async function loadPortal() {
  const [{ PortalFrame }] = await Promise.all([import('./frames/portal-frame.tsx'), loadWords(portalFace.words)])
  return { Component: PortalFrame }
}

export function createRoutes() {
  const console = [...consoleFace.screens.map(routeOf), notFoundIn('/console')]
  const portal = [...portalFace.screens.map(routeOf), notFoundIn('/')]
  return createBrowserRouter([
    {
      element: <Root />,
      // A page that is loading shows nothing of its own: it is there before anyone would read it.
      hydrateFallbackElement: <></>,
      children: [
        {
          path: consoleFace.base,
          middleware: [forStaff],
          lazy: loadConsole,
          errorElement: <RouteError home="/" />,
          children: [{ errorElement: <RouteError home="/console" />, children: console }],
        },
        {
          path: portalFace.base,
          middleware: [forMembers],
          lazy: loadPortal,
          errorElement: <RouteError home="/" />,
          children: [{ errorElement: <RouteError home="/" />, children: portal }],
        },
      ],
    },
  ])
}

function Root() {
  // The shapes that stood there until now (frames/first-paint.ts).
  useLayoutEffect(() => document.getElementById('first-paint')?.remove(), [])
  // After the effects of all that is drawn: they ask, too.
  useEffect(forgetBrought, [])
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}
