import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What is counted. Labels come from fixed sets: never a person, a pool or an argument. */
export interface Metrics {
  interaction(kind: string, outcome: string): void
  acknowledged(kind: string, seconds: number): void
  slackCall(method: string, result: string): void
  awsCall(operation: string, result: string): void
  operation(operation: string, outcome: string): void
  /** Entries that no message in the audit channel covers yet. */
  auditBacklog(entries: number): void
  socketConnections(open: number): void
  /** The page for Prometheus. */
  text(): Promise<string>
  readonly contentType: string
}

/** `runtime` adds memory, event loop and garbage collection. */
export function createMetrics({ runtime = false }: { runtime?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (runtime) collectDefaultMetrics({ register: registry })
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `lifeguard_${name}`, help, labelNames, registers: [registry] })
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `lifeguard_${name}`, help, registers: [registry] })

  const interactions = counter('interactions_total', 'What Slack delivered, and how it ended.', [
    'kind',
    'outcome',
  ])
  const acks = new Histogram({
    name: 'lifeguard_ack_seconds',
    help: 'From delivery to acknowledgement. Slack waits 3 s.',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3],
    registers: [registry],
  })
  const slackCalls = counter('slack_calls_total', 'Web API calls.', ['method', 'result'])
  const awsCalls = counter('aws_calls_total', 'Calls to AWS.', ['operation', 'result'])
  const operations = counter('operations_total', 'Operations and their outcomes.', [
    'operation',
    'outcome',
  ])
  const backlog = gauge('audit_backlog', 'Audit entries not yet in the audit channel.')
  const sockets = gauge('socket_connections', 'Open Socket Mode connections.')
  return {
    interaction: (kind, outcome) => interactions.inc({ kind, outcome }),
    acknowledged: (kind, seconds) => acks.observe({ kind }, seconds),
    slackCall: (method, result) => slackCalls.inc({ method, result }),
    awsCall: (operation, result) => awsCalls.inc({ operation, result }),
    operation: (operation, outcome) => operations.inc({ operation, outcome }),
    auditBacklog: (entries) => backlog.set(entries),
    socketConnections: (open) => sockets.set(open),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
