import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, it } from 'vitest'

/** What each folder of src may import: other folders of src, and libraries. Itself always. */
const MAY_IMPORT: Readonly<
  Record<string, { folders: readonly string[]; libraries: readonly RegExp[] }>
> = {
  core: { folders: [], libraries: [/^zod$/, /^node:crypto$/] },
  domain: { folders: ['core'], libraries: [/^generate-password$/, /^yaml$/, /^zod$/] },
  operations: { folders: ['core', 'domain'], libraries: [/^zod$/] },
  policy: {
    folders: ['core'],
    libraries: [/^@cedar-policy\/cedar-wasm/, /^lru-cache$/, /^node:crypto$/],
  },
  cognito: {
    folders: ['core', 'domain'],
    libraries: [/^@aws-sdk\//, /^@smithy\//, /^lru-cache$/, /^node:/],
  },
  store: { folders: ['core'], libraries: [/^kysely$/, /^pg$/, /^node:/] },
  slack: { folders: ['core'], libraries: [/^@slack\//, /^undici$/, /^zod$/, /^node:/] },
  telemetry: { folders: ['core'], libraries: [/^pino$/, /^prom-client$/, /^node:/] },
  config: { folders: ['core', 'domain'], libraries: [/^yaml$/, /^zod$/, /^node:/] },
}

interface Import {
  readonly from: string
  readonly to: string
  readonly line: number
}

/** Every module that the file names: imports, types too, exports from elsewhere, dynamic imports. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8')
  return [...sourcesIn(parseAst(text, { lang: 'ts' }))].map(({ to, at }) => ({
    from: file,
    to,
    line: text.slice(0, at).split('\n').length,
  }))
}

function* sourcesIn(node: unknown): Generator<{ to: string; at: number }> {
  if (typeof node !== 'object' || node === null) return
  const { type, source, start } = node as {
    type?: string
    source?: { value?: unknown }
    start?: number
  }
  if (type !== undefined && NAMING.has(type) && typeof source?.value === 'string')
    yield { to: source.value, at: start ?? 0 }
  for (const member of Object.values(node)) yield* sourcesIn(member)
}

const NAMING = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'ExportNamedDeclaration',
  'ImportExpression',
])

/** `src/slack/x.ts` is of the room `slack`; files of `src` itself are rooms of their own. */
function roomOf(file: string): string {
  return file.split('/')[1]?.replace(/\.ts$/, '') ?? ''
}

const resolve = ({ from, to }: Import) => normalize(join(dirname(from), to))

function fault(one: Import): string | undefined {
  const room = MAY_IMPORT[roomOf(one.from)]
  const local = one.to.startsWith('.')
  const target = local ? resolve(one) : one.to
  if (target.startsWith('playground')) return 'src reaches the playground over a socket only'
  if (!room) return undefined
  if (!local)
    return room.libraries.some((library) => library.test(one.to)) ? undefined : 'not its library'
  if (roomOf(one.from) === 'operations' && roomOf(target) === 'operations')
    return one.from === 'src/operations/index.ts' ? undefined : 'operations never import each other'
  return [roomOf(one.from), ...room.folders].includes(roomOf(target))
    ? undefined
    : 'not its neighbour'
}

const sources = globSync('src/**/*.ts').toSorted()

describe('boundaries', () => {
  it('sees the sources and their imports', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(200)
  })

  it.each(sources)('%s imports only what its folder may', (file) => {
    const faults = importsOf(file).flatMap((one) => {
      const why = fault(one)
      return why === undefined ? [] : `${one.from}:${one.line} -> ${one.to}: ${why}`
    })
    expect(faults).toEqual([])
  })

  it('finds a forbidden import, whatever the way it is written', () => {
    const planted = { from: 'src/core/x.ts', line: 1 }
    expect(fault({ ...planted, to: '../slack/router.ts' })).toBe('not its neighbour')
    expect(fault({ ...planted, to: 'pino' })).toBe('not its library')
    expect(fault({ ...planted, from: 'src/main.ts', to: '../playground/main.ts' })).toContain(
      'socket',
    )
  })

  it('reads process.env in one place', () => {
    const readers = sources.filter((file) =>
      /process\s*\.\s*env|process\[/.test(readFileSync(file, 'utf8')),
    )
    expect(readers).toEqual(['src/config.ts'])
  })

  it('tells the time and draws randomness through ports in the pure folders', () => {
    const pure = sources.filter((file) => /^src\/(core|domain|operations|policy)\//.test(file))
    const impure = pure.filter((file) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/.test(readFileSync(file, 'utf8')),
    )
    expect(impure).toEqual([])
  })
})
