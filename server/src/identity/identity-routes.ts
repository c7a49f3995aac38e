// All doors of identity: the API, better-auth behind its own door, and the small pages.
import type { Http } from '#platform/http'
import { invitationRoutes } from './invitations/invitation-routes.ts'
import { meRoutes } from './me/me-routes.ts'
import { memberRoutes } from './members/member-routes.ts'
import { organisationRoutes } from './organisations/organisation-routes.ts'
import type { PageDeps } from './pages/page-deps.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { authRoutes } from './sign-in/auth-routes.ts'
import { staffRoutes } from './staff/staff-routes.ts'
import { tokenRoutes } from './tokens/token-routes.ts'
import { vendorRoutes } from './vendor/vendor-routes.ts'

export async function identityRoutes(http: Http, deps: PageDeps) {
  meRoutes(http, deps)
  organisationRoutes(http, deps)
  memberRoutes(http, deps)
  staffRoutes(http, deps)
  invitationRoutes(http, deps)
  tokenRoutes(http, deps)
  vendorRoutes(http, deps)
  await authRoutes(http, deps)
  await pageRoutes(http, deps)
}
