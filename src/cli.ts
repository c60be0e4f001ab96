import { auditExport, auditVerify } from './cli/audit.ts'
import { dispatch } from './cli/dispatch.ts'
import { doctor } from './cli/doctor.ts'
import { policyCheck } from './cli/policy-check.ts'
import { policyMatrix } from './cli/policy-matrix.ts'
import { policyTest } from './cli/policy-test.ts'
import { storeMigrate } from './cli/store.ts'
import { environment } from './config.ts'
import { operations } from './operations/index.ts'

const commands = [
  doctor,
  policyCheck,
  policyMatrix,
  policyTest,
  auditVerify,
  auditExport,
  storeMigrate,
]

// Whoever reads the output may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await dispatch(process.argv.slice(2), commands, {
  env: environment(),
  operations,
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
})
