export type Side = 'floor' | 'product'
export type Order = readonly [Side, Side]

/** Runs the rounds one after the other, each in the reverse order of the one before; the first is thrown away. */
export async function inRounds<T>(
  rounds: number,
  run: (order: Order, round: number) => Promise<T>,
): Promise<T[]> {
  const kept: T[] = []
  for (let round = 0; round <= rounds; round++) {
    const result = await run(orderOf(round), round)
    if (round > 0) kept.push(result)
  }
  return kept
}

/** Slices of one round: floor, product, product, floor, ... so that both sides meet the same weather. */
export async function inSlices(
  slices: number,
  order: Order,
  run: (side: Side, slice: number) => Promise<void>,
): Promise<void> {
  for (let slice = 0; slice < slices; slice++)
    for (const side of slice % 2 === 0 ? order : order.toReversed()) await run(side, slice)
}

function orderOf(round: number): Order {
  return round % 2 === 0 ? ['floor', 'product'] : ['product', 'floor']
}
