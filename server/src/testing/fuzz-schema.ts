// Turns the JSON Schema of a request into values that mostly fit and sometimes do not (research: T10, T19).
import fc from 'fast-check'

/** As much of JSON Schema as our documents use. */
export interface JsonSchema {
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  type?: string | string[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  properties?: Record<string, JsonSchema>
  required?: string[]
}

export interface FuzzWorld {
  definitions: Record<string, JsonSchema>
  /** Values that exist, by the name of the field that takes them; may grow while requests are made. */
  known: Map<string, string[]>
}

const NASTY = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '../../etc/passwd',
  "' or 1=1 --",
  "'); drop table platform.event; --",
  '%00',
  '-1',
  '9'.repeat(30),
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  'toString',
  '${7*7}',
  '{{1}}',
  '<script>alert(1)</script>',
  '1e400',
  'NaN',
  '\u202e\u{1f600}',
  '0000-01-01T00:00:00Z',
]
const NUMBERS = [2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53, -(2 ** 63), 1e189, 1.5, -0, 5e-324]

export const nastyText = fc.constantFrom(...NASTY)

const junk: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constant(null),
  fc.boolean(),
  fc.constantFrom(...NUMBERS),
  fc.double(),
  fc.array(fc.anything({ maxDepth: 2 }), { maxLength: 3 }),
  fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), fc.string(), { maxKeys: 3 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
)

/** A value of the schema; one in twelve is junk instead. */
export function valueOf(schema: JsonSchema, world: FuzzWorld, field = ''): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 11, arbitrary: fitting(schema, world, field) }, { weight: 1, arbitrary: junk })
}

function fitting(schema: JsonSchema, world: FuzzWorld, field: string): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(world.definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {}, world, field)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, world, field)))
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'string':
      return textOf(schema, world, field)
    case 'integer':
      return integerOf(schema)
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return arrayOf(schema, world, field)
    case 'object':
      return objectOf(schema, world)
    default:
      return junk
  }
}

function integerOf({ minimum = -(2 ** 31), maximum = 2 ** 31 - 1 }: JsonSchema) {
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: minimum, max: maximum }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum, 0, ...NUMBERS) },
  )
}

function textOf(schema: JsonSchema, world: FuzzWorld, field: string) {
  const existing = world.known.get(field)
  const made = fc.oneof({ weight: 6, arbitrary: madeText(schema) }, { weight: 1, arbitrary: nastyText })
  if (!existing) return made
  // Read when the value is made: what exists grows while the requests are sent.
  const some = fc.nat().map((at) => existing[at % existing.length] ?? 'none-yet')
  return fc.oneof({ weight: 6, arbitrary: some }, { weight: 1, arbitrary: made })
}

function madeText(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.format === 'date-time') {
    const days = fc.date({ min: new Date('1971-01-01'), max: new Date('2998-01-01'), noInvalidDate: true })
    const odd = fc.constantFrom('0000-01-01T00:00:00Z', '2016-12-31T23:59:60Z', '2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z')
    return fc.oneof({ weight: 3, arbitrary: days.map((day) => day.toISOString()) }, { weight: 1, arbitrary: odd })
  }
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern))
  const maxLength = Math.min(schema.maxLength ?? 60, 300)
  return fc.string({ unit: 'grapheme', minLength: schema.minLength ?? 0, maxLength })
}

function arrayOf({ items = {}, minItems = 0, maxItems = 4 }: JsonSchema, world: FuzzWorld, field: string) {
  return fc.array(valueOf(items, world, field), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) })
}

function objectOf({ properties = {}, required = [] }: JsonSchema, world: FuzzWorld): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one, world, name)]))
  const whole = fc.record(fields, { requiredKeys: required })
  const withMore = fc.tuple(whole, fc.constantFrom('__proto__', 'constructor', 'extra')).map(([value, name]) => {
    // As own property, so that JSON.stringify writes it.
    return Object.defineProperty({ ...value }, name, { value: { isAdmin: true }, enumerable: true })
  })
  return fc.oneof({ weight: 20, arbitrary: whole }, { weight: 1, arbitrary: withMore })
}
