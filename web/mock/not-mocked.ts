// The operations that the mock refuses with 501, because no screen is easier to write with them; none at the moment.
import type { Operation } from './contract.ts'

export const NOT_MOCKED = [] as const satisfies Operation[]
