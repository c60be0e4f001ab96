import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditExport, auditVerify } from '../../src/cli/audit.ts'
import type { Command } from '../../src/cli/command.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { grow, rootOf, type TreeNode } from '../../src/core/history-tree.ts'
import { openStore, type SqlStore } from '../../src/store/store.ts'
import { draft, temporaryFolder } from '../store/samples.ts'

const lines = (printed: string) =>
  printed.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the audit commands', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let store: SqlStore
  let clock: number

  beforeEach(async () => {
    clock = Date.parse('2026-03-01T09:00:00Z')
    folder = await temporaryFolder()
    store = await openStore({ folder: folder.path, now: () => clock })
    await store.append(draft('started', { actor: 'lifeguard' }))
    clock += 24 * 3_600_000
    await store.append(
      draft('done', { target: 'grace', outcome: 'Done.', awsRequestIds: ['a-1'], request: 'r1' }),
    )
  })
  afterEach(async () => {
    await store.close()
    await folder[Symbol.asyncDispose]()
  })

  async function run(command: Command, ...args: string[]) {
    const printed: string[] = []
    const complaints: string[] = []
    const code = await dispatch([...command.name.split(' '), ...args], [command], {
      env: { LIFEGUARD_DATA: folder.path },
      operations: [],
      print: (line) => void printed.push(line),
      complain: (line) => void complaints.push(line),
    })
    return { code, printed: printed.join('\n'), complaints }
  }

  describe('export', () => {
    it('prints the members of the contract, oldest first, beside a running Lifeguard', async () => {
      const { code, printed } = await run(auditExport)
      expect(code).toBe(0)
      expect(lines(printed)).toMatchObject([
        { seq: 1, event: 'started', actor: 'lifeguard', target: null, aws_request_ids: [] },
        {
          seq: 2,
          at: '2026-03-02T09:00:00.000Z',
          event: 'done',
          operation: 'reset-password',
          request: 'r1',
          actor: 'U0ADA',
          pool: 'eu-west-1_abc123',
          target: 'grace',
          outcome: 'Done.',
          aws_request_ids: ['a-1'],
        },
      ])
    })

    it('is enough to compute the root', async () => {
      const { printed } = await run(auditExport)
      let peaks: readonly TreeNode[] = []
      for (const [index, line] of printed.split('\n').entries())
        peaks = grow(peaks, index + 1, line).peaks
      expect(rootOf(peaks)).toBe((await store.head()).root)
    })

    it('goes on from page to page', async () => {
      for (let turn = 0; turn < 1_100; turn++) await store.append(draft('answered'))
      const { printed } = await run(auditExport)
      expect(lines(printed).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 1_102 }, (_, index) => index + 1),
      )
    })

    it.each([
      [['--since', '2026-03-02'], [2]],
      [['--until', '2026-03-01T12:00:00+02:00'], [1]],
      [
        ['--since', '2026-03-01T09:00:00Z', '--until', '2026-03-02T09:00:00Z'],
        [1, 2],
      ],
    ])('keeps to %j', async (args, seqs) => {
      const { code, printed } = await run(auditExport, ...args)
      expect(code).toBe(0)
      expect(lines(printed).map(({ seq }) => seq)).toEqual(seqs)
    })
  })

  describe('verify', () => {
    it('says that the log is whole, and its head', async () => {
      const { root } = await store.head()
      const { code, printed } = await run(auditVerify)
      expect(code).toBe(0)
      expect(printed).toBe(`The audit log verifies: 2 entries.\nHead: 2:${root}`)
    })

    it('takes the head it printed, also once the log has grown', async () => {
      const { size, root } = await store.head()
      await store.append(draft('done'))
      expect(await run(auditVerify, '--head', `${size}:${root}`)).toMatchObject({ code: 0 })
    })

    it('fails when a posted head says otherwise', async () => {
      const { code, complaints } = await run(auditVerify, '--head', '2:000000000000')
      expect(code).toBe(1)
      expect(complaints[0]).toMatch(/^The audit log does not verify\. The first 2 entries give/)
    })
  })

  it.each([
    [auditExport, ['--since', 'yesterday'], /^--since: Give a date or a time/],
    [auditExport, ['--from', '3'], /^Arguments: Unknown option '--from'/],
    [auditVerify, ['--head', '12'], /^--head: Give a size and a root/],
    [auditVerify, ['--head'], /^Arguments: Option '--head <value>' argument missing/],
    [auditVerify, ['now'], /^Arguments: Unexpected argument 'now'/],
  ])('say what is wrong with a flag (%#)', async (command, args, complaint) => {
    const { code, printed, complaints } = await run(command, ...args)
    expect(code).toBe(1)
    expect(printed).toBe('')
    expect(complaints).toEqual([expect.stringMatching(complaint)])
  })

  it('say so when there is no store in the folder', async () => {
    await store.close()
    await rm(join(folder.path, 'lifeguard.db'))
    const { code, complaints } = await run(auditVerify)
    expect(code).toBe(1)
    expect(complaints[0]).toMatch(/^LIFEGUARD_DATA: There is no store in/)
  })
})
