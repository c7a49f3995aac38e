// What we measure of ourselves, in the text format of Prometheus.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
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

/** Counts requests by route, never by path: the number of series is bounded by the number of routes. */
export function measureRequests(http: Http, { registry }: Metrics) {
  const seconds = new Histogram({
    name: 'fairway_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers: [registry],
  })
  const series = new Map<string, Histogram.Internal<string>>()
  http.addHook('onResponse', (request, reply, done) => {
    const labels = [request.method, request.routeOptions.url ?? 'unknown', `${String(reply.statusCode)[0]}xx`] as const
    const key = labels.join(' ')
    const one = series.get(key) ?? seconds.labels(...labels)
    series.set(key, one)
    one.observe(reply.elapsedTime / 1000)
    done()
  })
}

/** A counter of the platform; modules make theirs with this, so that all names begin alike. */
export function counter({ registry }: Metrics, name: string, help: string) {
  return new Counter({ name: `fairway_${name}_total`, help, registers: [registry] })
}
