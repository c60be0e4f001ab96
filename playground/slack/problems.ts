import { leaves, record } from './json.ts'
import type { BlockKitFault } from './types.ts'

/** Members of a modal's blocks that are stored or sent back, so that a secret has no place in them. */
const kept = /\/(value|block_id|action_id|url|image_url|[a-z_]*_url)$/u

/** Leaves of a payload without what a modal shows: the only place for a secret. */
function* exposed(payload: unknown): Generator<{ at: string; text: string }> {
  const whole = record(payload)
  const { blocks, ...rest } = record(whole['view'])
  if (rest['type'] !== 'modal') return yield* leaves(payload)
  yield* leaves({ ...whole, view: rest })
  for (const leaf of leaves(blocks, '/view/blocks')) if (kept.test(leaf.at)) yield leaf
}

/** Everything the bot did that Slack would refuse or the rules forbid. */
export class Problems {
  readonly list: string[] = []
  #isSecret: ((text: string) => boolean) | undefined
  readonly #tell: () => void

  constructor(tell: () => void) {
    this.#tell = tell
  }

  add(problem: string): void {
    this.list.push(problem)
    this.#tell()
  }

  faults(where: string, faults: readonly BlockKitFault[]): void {
    for (const fault of faults)
      this.add(`${where}: ${fault.pointer}: ${fault.message} (${fault.code})`)
  }

  guard(isSecret: (text: string) => boolean): void {
    this.#isSecret = isSecret
  }

  /** Names the place of a secret, never the secret. */
  inspect(where: string, payload: unknown): void {
    if (!this.#isSecret) return
    for (const { at, text } of exposed(payload))
      if (this.#isSecret(text)) this.add(`${where}: a secret outside a modal's blocks, at ${at}`)
  }
}
