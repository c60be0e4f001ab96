import { describe, expect, test } from 'vitest'
import { deadEnds, matrixOf } from '../../src/policy/matrix.ts'
import { load, POLICY, source } from './words.ts'

const ends = (text: string) => deadEnds(load(text), source(text))

const run = '@id("run") permit (principal, action in [Action::"support"], resource);'
const asks = `${run}
  @id("asks") forbid (principal, action in [Action::"support"], resource)
    when { resource.env == Env::"prod" && context.approvals < 2 };`
const approve = (condition: string) =>
  `@id("approve") permit (principal in Group::"platform", action == Action::"approve", resource) when { ${condition} };`

describe('environments where nobody can approve what waits', () => {
  test.each<[string, string, readonly string[]]>([
    ['none when groups can', POLICY, []],
    ['one that asks for votes', asks, ['prod']],
    ['none when nothing asks for votes', run, []],
    ['not where a group may vote', `${asks}${approve('true')}`, []],
    [
      'still, when it may vote elsewhere only',
      `${asks}${approve('resource.env == Env::"dev"')}`,
      ['prod'],
    ],
    ['not when its vote counts after others', `${asks}${approve('context.approvals >= 1')}`, []],
    [
      'unknown, when people are named',
      `${asks}@id("ada") permit (principal == User::"U0ADA", action == Action::"approve", resource);`,
      [],
    ],
    ['unknown, when pools are named', `${asks}${approve('resource.name == "shop"')}`, []],
  ])('%s', (_what, text, environments) => {
    expect(ends(text)).toEqual(environments)
  })
})

describe('the matrix', () => {
  test('says after how many votes somebody may approve or break the glass', () => {
    const text = `@id("second") permit (principal in Group::"platform", action == Action::"approve", resource)
        when { context.approvals >= 1 };
      @id("last") permit (principal in Group::"platform", action == Action::"break-glass", resource)
        when { context.approvals >= 4 && context.operation == "update-pool" };`
    const section = matrixOf(load(text), source(text)).find(
      ({ groups }) => groups.join() === 'platform',
    )
    expect(section?.rights).toEqual([
      { right: 'approve', operation: 'reset-password', after: [1, 1, 1] },
      { right: 'approve', operation: 'update-pool', after: [1, 1, 1] },
      { right: 'approve', operation: 'delete-user', after: [1, 1, 1] },
      {
        right: 'break-glass',
        operation: 'reset-password',
        after: [undefined, undefined, undefined],
      },
      { right: 'break-glass', operation: 'update-pool', after: [4, 4, 4] },
      { right: 'break-glass', operation: 'delete-user', after: [undefined, undefined, undefined] },
    ])
  })

  test('the sample person never votes on what they asked for themselves', () => {
    const section = matrixOf(load(POLICY), source(POLICY)).find(
      ({ groups }) => groups.join() === 'cognito-admins',
    )
    expect(section?.rights.filter(({ right }) => right === 'approve')).toSatisfy(
      (rights: readonly { after: readonly unknown[] }[]) =>
        rights.length === 3 && rights.every(({ after }) => after.every((votes) => votes === 0)),
    )
  })
})
