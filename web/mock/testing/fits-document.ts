// Whether answers are what the OpenAPI document says of them, by a JSON Schema validator that is not the mock's own.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { type Route, schemas } from '../document.ts'

/** Nothing may be in an answer that the document does not name: the real server would not send it. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]) => [key, key === 'enum' ? value : strict(value)])
  const isClosed = 'properties' in schema && !('additionalProperties' in schema)
  return { ...Object.fromEntries(entries), ...(isClosed && { additionalProperties: false }) }
}

const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
ajv.addSchema({ $id: 'document', components: { schemas: strict(schemas) } })

const compiled = new Map<string, ValidateFunction>()

export function validatorOf(schema: unknown): ValidateFunction {
  const text = JSON.stringify(strict(schema)).replaceAll('#/components', 'document#/components')
  const validator = compiled.get(text) ?? ajv.compile(JSON.parse(text))
  compiled.set(text, validator)
  return validator
}

export function expectFits(route: Route, body: unknown, path: string) {
  const fits = validatorOf(route.answer)
  expect(fits(body) ? [] : fits.errors, path).toEqual([])
}
