import { describe, expect, it } from 'vitest'
import { createHealth, healthRoutes } from '../../src/telemetry/health.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'

describe('readiness', () => {
  it('holds when every condition does, and names the sentences of those that do not', () => {
    const health = createHealth()
    expect(health.readiness()).toEqual({ ready: true, failing: {} })
    let open = 0
    health.condition('slack', () => open > 0 || 'No connection to Slack is open.')
    health.condition('store', () => true)
    expect(health.readiness()).toEqual({
      ready: false,
      failing: { slack: 'No connection to Slack is open.' },
    })
    open = 1
    expect(health.readiness().ready).toBe(true)
  })
})

describe('the pages', () => {
  const metrics = createMetrics()
  const health = createHealth()
  const routes = healthRoutes(health, metrics)

  it('tell that the process lives, even when it is not ready', async () => {
    health.condition('slack', () => 'It is deaf.')
    expect(await routes('/healthz')).toEqual({ status: 200, type: 'text/plain', text: 'ok' })
    const ready = await routes('/readyz')
    expect(ready?.status).toBe(503)
    expect(JSON.parse(ready?.text ?? '')).toEqual({
      ready: false,
      failing: { slack: 'It is deaf.' },
    })
    health.condition('slack', () => true)
    expect((await routes('/readyz'))?.status).toBe(200)
  })

  it('show the metrics in the format of Prometheus', async () => {
    metrics.interaction('command', 'served')
    metrics.acknowledged('command', 0.02)
    metrics.slackCall('views.open', 'ok')
    metrics.awsCall('AdminGetUser', 'ok')
    metrics.operation('reset-password', 'done')
    metrics.auditBacklog(3)
    metrics.socketConnections(2)
    const page = await routes('/metrics')
    expect(page?.type).toMatch(/^text\/plain/)
    for (const line of [
      'lifeguard_interactions_total{kind="command",outcome="served"} 1',
      'lifeguard_ack_seconds_bucket{le="0.025",kind="command"} 1',
      'lifeguard_slack_calls_total{method="views.open",result="ok"} 1',
      'lifeguard_aws_calls_total{operation="AdminGetUser",result="ok"} 1',
      'lifeguard_operations_total{operation="reset-password",outcome="done"} 1',
      'lifeguard_audit_backlog 3',
      'lifeguard_socket_connections 2',
    ])
      expect(page?.text).toContain(line)
  })

  it('are no others', () => {
    for (const path of ['/', '', '/metrics/', '/healthz?x', '//', 'toString', '__proto__'])
      expect(routes(path)).toBeUndefined()
  })

  it('count apart from one another', async () => {
    expect(await createMetrics({ runtime: true }).text()).toContain('process_cpu_seconds_total')
    expect(await createMetrics().text()).not.toContain('process_cpu_seconds_total')
  })
})
