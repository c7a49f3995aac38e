// Every screen of the app, and which face it belongs to. Each is loaded when it is first needed.
import { createBrowserRouter, Outlet, redirect, type MiddlewareFunction, type RouteObject, ScrollRestoration } from 'react-router'
import { ensure, meQuery, problemOf, queryClient, vendorQuery } from '#api'
import { paths } from '#paths'
import { NotFound, RouteError } from '#ui'

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

const portal: RouteObject[] = [
  { index: true, lazy: () => import('./features/portal/home-page.tsx') },
  { path: 'releases/:productId?/:version?', lazy: () => import('./features/portal/news-page.tsx') },
  { path: 'installations/:installationId', lazy: () => import('./features/portal/installation-page.tsx') },
  { path: 'inquiries', lazy: () => import('./features/inquiries/my-inquiries-page.tsx') },
  { path: 'inquiries/new', lazy: () => import('./features/inquiries/new-inquiry-page.tsx') },
  { path: 'inquiries/:inquiryId', lazy: () => import('./features/inquiries/my-inquiry-page.tsx') },
  { path: 'organisation', lazy: () => import('./features/identity/organisation-page.tsx') },
  { path: 'account', lazy: () => import('./features/settings/account-page.tsx') },
  { path: '*', element: <NotFound home="/" /> },
]

const console: RouteObject[] = [
  { index: true, lazy: () => import('./features/today/today-page.tsx') },
  { path: 'start', lazy: () => import('./features/today/first-run-page.tsx') },
  { path: 'inbox/:view?/:inquiryId?', lazy: () => import('./features/inquiries/inbox-page.tsx') },
  { path: 'timeline', lazy: () => import('./features/timeline/timeline-page.tsx') },
  { path: 'releases', lazy: () => import('./features/delivery/releases-page.tsx') },
  { path: 'releases/new', lazy: () => import('./features/delivery/new-release-page.tsx') },
  { path: 'releases/:productId/:version/:tab?', lazy: () => import('./features/delivery/release-page.tsx') },
  { path: 'rollouts', lazy: () => import('./features/delivery/rollouts-page.tsx') },
  { path: 'rollouts/new', lazy: () => import('./features/delivery/new-rollout-page.tsx') },
  { path: 'rollouts/:rolloutId', lazy: () => import('./features/delivery/rollout-page.tsx') },
  { path: 'fleet', lazy: () => import('./features/fleet/fleet-page.tsx') },
  { path: 'fleet/connect', lazy: () => import('./features/fleet/connect-page.tsx') },
  { path: 'fleet/:installationId', lazy: () => import('./features/fleet/installation-page.tsx') },
  { path: 'known-errors', lazy: () => import('./features/known-errors/known-errors-page.tsx') },
  { path: 'known-errors/new', lazy: () => import('./features/known-errors/new-known-error-page.tsx') },
  { path: 'known-errors/:knownErrorId', lazy: () => import('./features/known-errors/known-error-page.tsx') },
  { path: 'customers', lazy: () => import('./features/identity/customers-page.tsx') },
  { path: 'customers/:organisationId', lazy: () => import('./features/identity/customer-page.tsx') },
  { path: 'settings/:section?', lazy: () => import('./features/settings/settings-page.tsx') },
  { path: '*', element: <NotFound home="/console" /> },
]

export function createRoutes() {
  return createBrowserRouter([
    {
      element: <Root />,
      // A page that is loading shows nothing of its own: it is there before anyone would read it.
      hydrateFallbackElement: <></>,
      children: [
        {
          path: '/console',
          middleware: [forStaff],
          lazy: async () => ({ Component: (await import('./frames/console-frame.tsx')).ConsoleFrame }),
          errorElement: <RouteError home="/" />,
          children: [{ errorElement: <RouteError home="/console" />, children: console }],
        },
        {
          path: '/',
          middleware: [forMembers],
          lazy: async () => ({ Component: (await import('./frames/portal-frame.tsx')).PortalFrame }),
          errorElement: <RouteError home="/" />,
          children: [{ errorElement: <RouteError home="/" />, children: portal }],
        },
      ],
    },
  ])
}

function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}
