import type { DeliveryKind, JsonObject } from './types.ts'

export interface Parcel {
  readonly id: string
  readonly kind: DeliveryKind
  readonly body: JsonObject
  readonly retry: number
}

export interface Receipt {
  /** HTTP status; 200 in Socket Mode. */
  readonly status: number
  /** Parsed body; undefined when empty. */
  readonly ack: unknown
}

/** One way to the app. */
export interface Transport {
  readonly name: 'http' | 'socket'
  /** Resolves with the acknowledgement, however late; rejects when the app cannot be reached. */
  send(parcel: Parcel, signal: AbortSignal): Promise<Receipt>
}
