import { folderBench } from './folder-bench.ts'
import { processesContract } from './processes-contract.ts'

processesContract('SQLite', folderBench, 300)
