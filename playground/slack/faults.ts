import type { EnvelopeFault, Fault, Faults } from './types.ts'

type Socketed = Pick<Faults, 'refresh' | 'drop' | 'halfOpen' | 'tooManyWebsockets'>

/** Faults that wait for the next calls and envelopes. */
export class PlannedFaults {
  readonly #byMethod = new Map<string, Fault[]>()
  #envelopes: EnvelopeFault[] = []

  inject(method: string, fault: Fault, calls = 1): void {
    const planned = this.#byMethod.get(method) ?? []
    for (let call = 0; call < calls; call += 1) planned.push(fault)
    this.#byMethod.set(method, planned)
  }

  envelope(fault: EnvelopeFault, envelopes = 1): void {
    for (let count = 0; count < envelopes; count += 1) this.#envelopes.push(fault)
  }

  forCall(method: string): Fault | undefined {
    return this.#byMethod.get(method)?.shift() ?? this.#byMethod.get('*')?.shift()
  }

  forEnvelope(): EnvelopeFault | undefined {
    return this.#envelopes.shift()
  }

  clear(): void {
    this.#byMethod.clear()
    this.#envelopes = []
  }
}

/** The public face: planned faults, and those that strike open sockets at once. */
export function faultsOf(planned: PlannedFaults, sockets: Socketed): Faults {
  return {
    inject: (method, fault, calls) => planned.inject(method, fault, calls),
    envelope: (fault, envelopes) => planned.envelope(fault, envelopes),
    clear: () => planned.clear(),
    refresh: (options) => sockets.refresh(options),
    drop: () => sockets.drop(),
    halfOpen: () => sockets.halfOpen(),
    tooManyWebsockets: (connections) => sockets.tooManyWebsockets(connections),
  }
}
