import { Faults } from '../core/faults.ts'

/** The environment variable that says where the store lies. */
export type Setting = 'LIFEGUARD_DATA' | 'DATABASE_URL'

/** The store cannot be used as it is. The sentence says what to do. */
export class StoreFault extends Faults {
  override readonly name = 'StoreFault'

  constructor(sentence: string, where: Setting = 'LIFEGUARD_DATA') {
    super([{ where, sentence }])
  }
}
