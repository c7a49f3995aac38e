// The doors to staff: everybody of staff sees them, administrators change them.
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { isStaff } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { changeStaffRoles, removeStaff } from './change-staff.ts'
import { StaffChange, StaffList, StaffPath, StaffView } from './staff-schemas.ts'
import { listAllStaff } from './staff-store.ts'

const WRITE = { scope: 'identity:write' } as const

export function staffRoutes(http: Http, deps: IdentityDeps) {
  http.get('/api/v1/staff', { schema: { operationId: 'listStaff', response: { 200: StaffList } } }, async ({ actor }) => {
    if (!isStaff(actor)) throw new Refusal('forbidden', 'staff.not_yours', 'The list of staff is for staff.')
    return { items: await listAllStaff(deps.db) }
  })

  http.patch(
    '/api/v1/staff/:personId',
    { schema: { operationId: 'changeStaff', params: StaffPath, body: StaffChange, response: { 200: StaffView } }, config: WRITE },
    ({ actor, params, body }) => changeStaffRoles(deps, actor, { ...params, ...body }),
  )

  http.delete(
    '/api/v1/staff/:personId',
    { schema: { operationId: 'removeStaff', params: StaffPath, response: { 204: Type.Null() } }, config: WRITE },
    async ({ actor, params }, reply) => {
      await removeStaff(deps, actor, params.personId)
      return reply.code(204).send(null)
    },
  )
}
