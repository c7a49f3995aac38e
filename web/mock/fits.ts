// Whether a value fits a schema of the OpenAPI document, in as much of JSON Schema as the document uses for requests.
import type { FieldError } from './problem.ts'

export interface Schema {
  $ref?: string
  anyOf?: Schema[]
  type?: string
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
}

export type Named = Record<string, Schema>

/** What is wrong with it; empty where it fits. */
export function whyNotFits(
  value: unknown,
  schema: Schema,
  { named, pointer = '' }: { named: Named; pointer?: string },
): FieldError[] {
  const found = resolve(schema, named)
  if (found.anyOf) return whyNoneFits(value, found.anyOf, { named, pointer })
  if (found.enum && !found.enum.includes(value)) return [wrong(pointer, 'enum', 'must be equal to one of the allowed values')]
  if (found.type && !isOfType(value, found.type)) return [wrong(pointer, 'type', `must be ${found.type}`)]
  if (typeof value === 'string') return whyNotText(value, found, pointer)
  if (typeof value === 'number') return whyNotNumber(value, found, pointer)
  if (Array.isArray(value)) return whyNotList(value, found, { named, pointer })
  return isRecord(value) ? whyNotFields(value, found, { named, pointer }) : []
}

interface Place {
  named: Named
  pointer: string
}

function resolve(schema: Schema, named: Named): Schema {
  return schema.$ref === undefined ? schema : (named[schema.$ref.split('/').at(-1) ?? ''] ?? {})
}

function whyNoneFits(value: unknown, schemas: Schema[], place: Place): FieldError[] {
  const found = schemas.map((one) => whyNotFits(value, one, place))
  return found.some((errors) => errors.length === 0) ? [] : (found[0] ?? [])
}

function isOfType(value: unknown, type: string) {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return isRecord(value)
  return typeof value === type
}

function whyNotText(value: string, { minLength = 0, maxLength = Infinity, pattern }: Schema, pointer: string): FieldError[] {
  if (value.length < minLength) return [wrong(pointer, 'min_length', `must NOT have fewer than ${minLength} characters`)]
  if (value.length > maxLength) return [wrong(pointer, 'max_length', `must NOT have more than ${maxLength} characters`)]
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return [wrong(pointer, 'pattern', `must match pattern "${pattern}"`)]
  return []
}

function whyNotNumber(value: number, { minimum = -Infinity, maximum = Infinity }: Schema, pointer: string): FieldError[] {
  if (value < minimum) return [wrong(pointer, 'minimum', `must be >= ${minimum}`)]
  return value > maximum ? [wrong(pointer, 'maximum', `must be <= ${maximum}`)] : []
}

function whyNotList(value: unknown[], { items, minItems = 0, maxItems = Infinity }: Schema, place: Place): FieldError[] {
  if (value.length < minItems) return [wrong(place.pointer, 'min_items', `must NOT have fewer than ${minItems} items`)]
  if (value.length > maxItems) return [wrong(place.pointer, 'max_items', `must NOT have more than ${maxItems} items`)]
  if (!items) return []
  return value.flatMap((one, index) => whyNotFits(one, items, { ...place, pointer: `${place.pointer}/${index}` }))
}

function whyNotFields(value: Record<string, unknown>, schema: Schema, { named, pointer }: Place): FieldError[] {
  const { properties = {}, required = [], additionalProperties } = schema
  const missing = required.filter((name) => !(name in value))
  const unknown = additionalProperties === false ? Object.keys(value).filter((name) => !(name in properties)) : []
  return [
    ...missing.map((name) => wrong(`${pointer}/${name}`, 'required', `must have required properties ${name}`)),
    ...unknown.map((name) => wrong(`${pointer}/${name}`, 'additional_properties', 'must NOT have additional properties')),
    ...Object.entries(properties)
      .filter(([name]) => name in value)
      .flatMap(([name, one]) => whyNotFits(value[name], one, { named, pointer: `${pointer}/${name}` })),
  ]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(pointer: string, keyword: string, detail: string): FieldError {
  return { pointer: pointer || '/', code: `field.${keyword}`, detail }
}
