import type { Scene } from './scene.ts'

/** One step of the tour: a sentence for people, and what happens. It throws when a claim fails. */
export interface Step {
  readonly sentence: string
  run(scene: Scene): Promise<void>
}

export interface Walk {
  readonly held: number
  /** The step that did not hold, and why. */
  readonly failed: { readonly sentence: string; readonly why: string } | undefined
}

/** Walks the steps in order and stops at the first that does not hold. */
export async function walk(steps: readonly Step[], scene: Scene, from = 1): Promise<Walk> {
  for (const [index, step] of steps.entries()) {
    scene.written.step(from + index, step.sentence)
    try {
      await step.run(scene)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { held: index, failed: { sentence: step.sentence, why } }
    }
  }
  return { held: steps.length, failed: undefined }
}
