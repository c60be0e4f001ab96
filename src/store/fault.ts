import { Faults } from '../core/faults.ts'

/** The store cannot be used as it is. The sentence says what to do. */
export class StoreFault extends Faults {
  override readonly name = 'StoreFault'

  constructor(sentence: string) {
    super([{ where: 'LIFEGUARD_DATA', sentence }])
  }
}
