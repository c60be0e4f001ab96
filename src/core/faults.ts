/** Something wrong in what the operator wrote: where, and what to do about it. */
export interface Fault {
  /** `lifeguard.yml:12`, `policy.cedar:3`, or the name of an environment variable. */
  readonly where: string
  readonly sentence: string
}

/** Every fault of one reading, so that all can be mended at once. */
export class Faults extends Error {
  override readonly name: string = 'Faults'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ where, sentence }) => `${where}: ${sentence}`).join('\n'))
    this.faults = faults
  }
}
