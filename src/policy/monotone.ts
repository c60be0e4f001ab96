import { isMember } from './expression.ts'
import type { Expression } from './expression.ts'
import type { Rule } from './rule.ts'

type Direction = 'rising' | 'falling'

/**
 * Whether one more vote can only help: a permit asks for at least so many approvals, a forbid for
 * fewer than so many. Cedar takes `approvals == 2` for valid, and then three votes are refused.
 */
export function isMonotone({ effect, conditions }: Rule): boolean {
  return conditions.every(({ kind, body }) =>
    moves(body, (effect === 'permit') === (kind === 'when') ? 'rising' : 'falling'),
  )
}

function moves(expression: Expression, direction: Direction): boolean {
  const { does, operands } = expression
  if (!readsApprovals(expression)) return true
  switch (does) {
    case '&&':
    case '||':
      return operands.every((operand) => moves(operand, direction))
    case '!':
      return operands.every((operand) => moves(operand, opposite(direction)))
    case 'if-then-else': {
      const [condition, ...branches] = operands
      return (
        !(condition && readsApprovals(condition)) &&
        branches.every((branch) => moves(branch, direction))
      )
    }
    default:
      return comparisonMoves(expression) === direction
  }
}

/** How `approvals < 2` or `2 <= approvals` changes as votes come in; undefined for anything else. */
function comparisonMoves({ does, operands: [left, right] }: Expression): Direction | undefined {
  if (!left || !right || !/^[<>]=?$/.test(does)) return undefined
  const grows: Direction = does.startsWith('>') ? 'rising' : 'falling'
  if (isApprovals(left) && !readsApprovals(right)) return grows
  if (isApprovals(right) && !readsApprovals(left)) return opposite(grows)
  return undefined
}

function opposite(direction: Direction): Direction {
  return direction === 'rising' ? 'falling' : 'rising'
}

function isApprovals(expression: Expression): boolean {
  return expression.text === 'approvals' && isMember(expression, 'context')
}

/** True for the whole context too, when it is handed on or compared. */
export function readsApprovals(expression: Expression): boolean {
  if (isMember(expression, 'context')) return isApprovals(expression)
  if (expression.does === 'has') return false
  if (expression.does === 'Var') return expression.text === 'context'
  return expression.operands.some(readsApprovals)
}
