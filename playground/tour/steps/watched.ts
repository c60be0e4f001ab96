import type { Scene } from '../scene.ts'
import type { Step } from '../walk.ts'

export const clean: Step = {
  sentence: 'Slack has watched all of it.',
  async run(scene: Scene) {
    const { problems, deliveries } = scene.company.slack
    for (const problem of problems) scene.written.aside('Slack', problem)
    const slowest = Math.max(...deliveries.map((delivery) => delivery.ms ?? 0))
    const summary = `${deliveries.length} deliveries, the slowest acknowledged after ${Math.round(slowest)} ms`
    scene.written.aside('Slack', summary)
    scene.holds(problems.length === 0, 'it would have refused nothing')
  },
}
