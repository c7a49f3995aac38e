// The wire types that every request is built from: nothing that passes them can make PostgreSQL refuse (research: T10).
import { versionPattern } from '@fairway/trust'
import semver from 'semver'
import { type TProperties, type TSchema, Type } from 'typebox'

const wellFormed = (text: string) => text.isWellFormed() && !text.includes('\u0000')

/** Text that PostgreSQL can hold: no NUL, no lone surrogate, bounded, and by default not empty. */
export function Text(maxLength: number, options: { minLength?: number; description?: string } = {}) {
  return Type.Refine(
    Type.String({ minLength: 1, ...options, maxLength }),
    wellFormed,
    () => 'must not contain NUL or half characters',
  )
}

/** An integer of PostgreSQL's `int4`, within bounds. */
export function Int32(minimum = -2_147_483_648, maximum = 2_147_483_647) {
  return Type.Integer({ minimum, maximum })
}

/** An instant as RFC 3339 in UTC with milliseconds at most; years 1970 to 2999. */
export const Timestamp = Type.Refine(
  Type.String({
    pattern: '^(19[7-9]\\d|2\\d{3})-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$',
    maxLength: 30,
    format: 'date-time',
  }),
  (text) => !Number.isNaN(Date.parse(text)),
  () => 'must be an instant that exists',
)

/** An id as ids.ts makes them, or a short one that people read out (`INQ-2041`). */
export const Id = Type.String({ pattern: '^[A-Za-z]{1,8}[_-][A-Za-z0-9]{1,40}$', maxLength: 49 })

/** A name that stands in addresses: `till`, `stable`. */
export const Slug = Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$', maxLength: 40 })

/** An e-mail address, loosely: the mail server is the judge. Compared in lower case. */
export const Email = Type.String({
  pattern: '^[^\\s@<>"(),:;\\\\\\u0000-\\u001f\\u007f-\\uffff]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?$',
  maxLength: 254,
})

/** A version, SemVer 2.0: what a manifest can carry and what npm's semver can compare. */
export const Version = Type.Refine(
  Type.String({ minLength: 5, maxLength: 100, description: 'SemVer 2.0' }),
  (text) => versionPattern.test(text) && semver.valid(text) !== null,
  () => 'must be a version like 1.4.2 (SemVer 2.0)',
)

/** A name of a platform or architecture: `linux`, `x64`, `any`. */
export const Word = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,29}$', maxLength: 30 })

/** The object of a request: fields that nobody knows are refused, so that a typing error is heard. */
export function Fields<Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false })
}

/** A value or null, in answers and in PATCH. */
export function Nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()])
}

/** One of these words. */
export function OneOf<const Words extends readonly string[]>(words: Words) {
  return Type.Unsafe<Words[number]>(Type.Enum([...words]))
}

/** Gives a schema its name in the OpenAPI document and in the client. (Not a copy: TypeBox keeps hidden marks on the object.) */
export function named<Schema extends TSchema>(name: string, schema: Schema): Schema {
  return Object.assign(schema, { title: name })
}

/** One page of a list, and what to send as `after` for the next one. */
export function PageOf<Item extends TSchema>(name: string, item: Item) {
  return named(name, Type.Object({ items: Type.Array(item), next: Nullable(Type.String()) }))
}

/** What every list accepts; `limit` is 50 where it is absent. */
export const pageQuery = { limit: Type.Optional(Int32(1, 100)), after: Type.Optional(Text(200)) }
