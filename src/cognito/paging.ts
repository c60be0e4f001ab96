/** One page of something: its rows and the token of the next. */
export type Page<T> = readonly [rows: readonly T[], next: string | undefined]

type ReadPage<T> = (token: string | undefined) => Promise<Page<T>>

/** Up to `most` pages, and whether that was all. Pages may be empty and still not the last. */
export async function pagesOf<T>(
  read: ReadPage<T>,
  most: number,
): Promise<{ readonly rows: readonly T[]; readonly complete: boolean }> {
  const rows: T[] = []
  let token: string | undefined
  for (let count = 0; count < most; count += 1) {
    const [page, next] = await read(token)
    rows.push(...page)
    if (next === undefined) return { rows, complete: true }
    token = next
  }
  return { rows, complete: false }
}

export async function allPages<T>(read: ReadPage<T>): Promise<readonly T[]> {
  return (await pagesOf(read, Infinity)).rows
}
