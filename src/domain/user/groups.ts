import type { UserGroup } from '../../core/directory.ts'
import type { Choice } from '../../core/field.ts'
import type { Fact } from '../../core/operation.ts'

/** What joining or leaving a group means for approvals, and what to say about it. */
export interface GroupRisk {
  /** Approvals without which it does not happen. */
  readonly least: number
  readonly warnings: readonly string[]
}

/** A role gives rights in AWS itself; protected groups are named in lifeguard.yml. */
export function groupRisk(
  { name, roleArn }: UserGroup,
  protectedGroups: readonly string[],
  change: 'joins' | 'leaves',
): GroupRisk {
  const rights = { joins: 'gets', leaves: 'loses' }[change]
  const guarded = protectedGroups.includes(name)
  return {
    least: guarded ? 2 : roleArn === undefined ? 0 : 1,
    warnings: [
      ...(guarded ? [`${name} is a protected group: two other people have to agree.`] : []),
      ...(roleArn === undefined
        ? []
        : [
            `With this group the user ${rights} the rights of a role in AWS: ${roleNameOf(roleArn)}.`,
          ]),
    ],
  }
}

/** The last part of an ARN such as `arn:aws:iam::111111111111:role/staff`. */
const roleNameOf = (arn: string) => arn.split('/').at(-1) ?? arn

/** What a plan says of a group. */
export function groupFacts({ name, description, roleArn, precedence }: UserGroup): readonly Fact[] {
  return [
    { term: 'Group', text: description ? `${name}: ${description}` : name },
    { term: 'Role in AWS', text: roleArn ?? 'None' },
    { term: 'Precedence', text: precedenceOf(precedence) },
  ]
}

function precedenceOf(precedence: number | undefined): string {
  return precedence === undefined
    ? 'None, so the roles of other groups come first.'
    : `${precedence}. The lowest number among the user’s groups decides which role counts first.`
}

/** Groups in the order of their names: `admins (role admin), staff`. */
export function groupList(groups: readonly UserGroup[]): string {
  const names = groups
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, roleArn }) =>
      roleArn === undefined ? name : `${name} (role ${roleNameOf(roleArn)})`,
    )
  return names.join(', ') || 'none'
}

/** A group in a list to choose from. */
export function groupChoice({ name, description, roleArn }: UserGroup): Choice {
  const role = roleArn === undefined ? '' : ' (has a role in AWS)'
  return { value: name, label: `${name}${role}`, ...(description ? { description } : {}) }
}
