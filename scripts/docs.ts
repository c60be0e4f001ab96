import { writeFileSync } from 'node:fs'
import { operations } from '../src/operations/index.ts'
import { operationsPage } from './operations-page.ts'

writeFileSync('docs/operations.md', operationsPage(operations))
