// What we measure of ourselves, in the text format of Prometheus.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Http } from './http.ts'

export interface Metrics {
  registry: Registry
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  // Gauges that are named like counters; each has a better-named twin without `_total`, by kind.
  for (const kind of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${kind}_total`)
  return { registry }
}

/** Counts requests by route, never by path: the number of series is bounded by the number of routes. Gives one of them, for doors beside Fastify's. */
export function measureRequests(http: Http, { registry }: Metrics) {
  const seconds = new Histogram({
    name: 'fairway_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers: [registry],
  })
  const known = new Map<string, Histogram.Internal<string>>()
  const series = (...labels: [method: string, route: string, status: string]) => {
    const key = labels.join(' ')
    const one = known.get(key) ?? seconds.labels(...labels)
    known.set(key, one)
    return one
  }
  http.addHook('onResponse', (request, reply, done) => {
    const status = `${String(reply.statusCode)[0]}xx`
    series(request.method, request.routeOptions.url ?? 'unknown', status).observe(reply.elapsedTime / 1000)
    done()
  })
  return { series }
}

/** A counter of the platform; modules make theirs with this, so that all names begin alike. */
export function counter({ registry }: Metrics, name: string, help: string) {
  return new Counter({ name: `fairway_${name}_total`, help, registers: [registry] })
}

/** What is read whenever somebody looks at the metrics. */
export function gauge({ registry }: Metrics, { name, help, read }: { name: string; help: string; read(): number }) {
  return new Gauge({
    name: `fairway_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(read())
    },
  })
}
