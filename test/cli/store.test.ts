import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dispatch } from '../../src/cli/dispatch.ts'
import { storeMigrate } from '../../src/cli/store.ts'
import { address } from '../store/postgres-address.ts'
import { temporaryFolder } from '../store/samples.ts'
import { schemaBench } from '../store/schema-bench.ts'

async function run(env: NodeJS.ProcessEnv, ...args: string[]) {
  const printed: string[] = []
  const complaints: string[] = []
  const code = await dispatch(['store', 'migrate', ...args], [storeMigrate], {
    env,
    operations: [],
    print: (line) => void printed.push(line),
    complain: (line) => void complaints.push(line),
  })
  return { code, printed, complaints }
}

describe('store migrate', () => {
  it('makes the tables and says where they are, again and again', async () => {
    await using folder = await temporaryFolder()
    const env = { LIFEGUARD_DATA: join(folder.path, 'new') }
    for (const { code, printed } of [await run(env), await run(env)]) {
      expect(code).toBe(0)
      expect(printed).toEqual([
        expect.stringMatching(/^Engine: SQLite 3\.\d+/),
        `Place: ${folder.path}/new/lifeguard.db`,
        'Tables: version 2',
      ])
    }
  })

  it.skipIf(!address)('does so in a shared store, without showing its password', async () => {
    await using bench = await schemaBench(address)
    const { code, printed } = await run({ DATABASE_URL: bench.place })
    const { host, pathname, password } = new URL(address)
    expect(code).toBe(0)
    expect(printed).toEqual([
      expect.stringMatching(/^Engine: PostgreSQL \d+\.\d+$/),
      `Place: ${host}${pathname}`,
      'Tables: version 2',
    ])
    expect(printed.join()).not.toContain(password)
  })

  it('says what is wrong with an address', async () => {
    const { code, complaints } = await run({ DATABASE_URL: 'mysql://h/d' })
    expect(code).toBe(1)
    expect(complaints).toEqual([
      expect.stringMatching(/^DATABASE_URL: Give the address of a PostgreSQL database/),
    ])
  })

  it('takes no arguments', async () => {
    const { code, complaints } = await run({}, 'now')
    expect(code).toBe(64)
    expect(complaints).toEqual(['Too many arguments. Write: store migrate'])
  })
})
