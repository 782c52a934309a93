/** Numbers for the operator's monitoring, in Prometheus' text form. No label names a tenant, a person or a number. */

export type Labels = Readonly<Record<string, string>>
export interface Counter {
  add(labels?: Labels, by?: number): void
}
export interface Metrics {
  counter(name: string, help: string): Counter
  /** A value that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void
  /** The text of `GET /metrics`. */
  text(): string
}

type Metric = {
  name: string
  help: string
  type: "counter" | "gauge"
  samples: () => [labels: string, value: number][]
}

export function createMetrics(): Metrics {
  const metrics: Metric[] = []
  return {
    counter(name, help) {
      const counts = new Map<string, number>()
      metrics.push({ name, help, type: "counter", samples: () => [...counts] })
      return {
        add(labels = {}, by = 1) {
          const key = labelText(labels)
          counts.set(key, (counts.get(key) ?? 0) + by)
        },
      }
    },
    gauge: (name, help, read) => void metrics.push({ name, help, type: "gauge", samples: () => [["", read()]] }),
    text: () => metrics.map(written).join(""),
  }
}

/** What the process itself tells. */
export function processMetrics(metrics: Metrics): void {
  metrics.gauge("process_resident_memory_bytes", "Resident memory.", () => process.memoryUsage.rss())
  metrics.gauge("process_uptime_seconds", "Seconds since the start.", () => process.uptime())
}

const written = ({ name, help, type, samples }: Metric) =>
  [
    `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`,
    ...samples().map(([labels, value]) => `${name}${labels} ${value}\n`),
  ].join("")

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, "_")}"`)
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`
}
