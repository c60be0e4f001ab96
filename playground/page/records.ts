import type { PageParts } from './picture.ts'

/** One whole record of the drawer, without any password a modal has shown. */
export function recordOf({ company }: PageParts, asked: URLSearchParams): unknown {
  const { secrets } = company
  const { deliveries, calls } = company.slack
  const delivery = asked.get('delivery')
  if (delivery !== null) {
    const found = deliveries.findLast((one) => one.id === delivery)
    return found ? secrets.mask({ body: found.body, ack: found.ack ?? null }) : null
  }
  const call = calls[Number(asked.get('call') ?? Number.NaN)]
  return call ? secrets.mask({ arguments: call.args, response: call.response ?? null }) : null
}
