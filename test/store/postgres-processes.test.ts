import { describe } from 'vitest'
import { address } from './postgres-address.ts'
import { processesContract } from './processes-contract.ts'
import { schemaBench } from './schema-bench.ts'

describe.skipIf(!address)('with a database', () => {
  processesContract('PostgreSQL', () => schemaBench(address), 1_000)
})
