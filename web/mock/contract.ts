// What the mock owes: every operation of the OpenAPI document, with the types of its parameters, body and answer.
import type { paths, Schemas } from '@fairway/client'
import type { NOT_MOCKED } from './not-mocked.ts'
import type { World } from './world.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Path = keyof paths & string

/** `get /api/v1/rollouts/{rolloutId}` */
export type Operation = {
  [P in Path]: { [M in Method]: paths[P] extends Record<M, object> ? `${M} ${P}` : never }[Method]
}[Path]

type DefinitionOf<O extends Operation> = O extends `${infer M extends Method} ${infer P extends Path}`
  ? paths[P] extends Record<M, infer Definition>
    ? Definition
    : never
  : never

type Given<Part> = [Part] extends [never] ? Record<never, never> : Exclude<Part, undefined>
type PathOf<D> = D extends { parameters: { path: infer Place } } ? Place : Record<never, never>
type QueryOf<D> = D extends { parameters: { query?: infer Query } } ? Given<Query> : never
type BodyOf<D> = D extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : undefined

type SuccessOf<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : R extends { 204: infer A } ? A : never
type ContentOf<A> = A extends { content: { 'application/json': infer Json } }
  ? Json
  : A extends { content: object }
    ? Buffer
    : void

export interface Ask<O extends Operation> {
  path: PathOf<DefinitionOf<O>>
  query: QueryOf<DefinitionOf<O>>
  body: BodyOf<DefinitionOf<O>>
  /** Of requests that bring a file. */
  bytes: Buffer
  me: Me
  world: World
}

export type Answer<O extends Operation> = DefinitionOf<O> extends { responses: infer R } ? ContentOf<SuccessOf<R>> : never
type Handler<O extends Operation> = (ask: Ask<O>) => Answer<O>

/** Some of them: each file of handlers has its own. */
export type Handlers = { [O in Operation]?: Handler<O> }
/** All that are promised: a new route breaks the type check until it is answered, or listed as not mocked. */
export type AllHandlers = { [O in Exclude<Operation, (typeof NOT_MOCKED)[number]>]: Handler<O> }

export type Me = Schemas['Me']
export type Permission = Me['permissions'][number]
