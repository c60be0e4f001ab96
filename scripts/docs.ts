import { readFileSync, writeFileSync } from 'node:fs'
import { operations } from '../src/operations/index.ts'
import { operationsPage } from './operations-page.ts'
import { usageHint } from './usage-hint.ts'

writeFileSync('docs/operations.md', operationsPage(operations))

const manifest = readFileSync('manifest.yml', 'utf8')
writeFileSync(
  'manifest.yml',
  manifest.replace(/usage_hint: .*/, `usage_hint: '${usageHint(operations)}'`),
)
