import type { Input } from './constraints.ts'
import type { SchemaAttribute } from './pool-settings.ts'
import { invalidParameter } from './service-error.ts'
import { standardAttributes } from './standard-attributes.ts'

type Given = NonNullable<Input<'CreateUserPool'>['Schema']>[number]

const isStandard = ({ Name }: Given): boolean =>
  standardAttributes.some((attribute) => attribute.Name === Name)

/** What Describe will tell: the 20 standard attributes as they were said, then the pool's own. */
export function schemaOfNew(given: readonly Given[]): readonly SchemaAttribute[] {
  const names = given.map(nameOf)
  const double = names.find((name, place) => names.indexOf(name) < place)
  if (double !== undefined) throw invalidParameter(`Duplicate attribute: ${double}`)
  for (const attribute of given) checkBounds(attribute)
  const said = new Map(given.filter(isStandard).map((attribute) => [attribute.Name, attribute]))
  const standard = standardAttributes.map((attribute) =>
    standardAs(attribute, said.get(attribute.Name)),
  )
  return [...standard, ...given.filter((attribute) => !isStandard(attribute)).map(customOf)]
}

function nameOf(given: Given): string {
  if (isStandard(given)) return given.Name
  return `${given.DeveloperOnlyAttribute ? 'dev:' : ''}custom:${given.Name}`
}

function standardAs(standard: SchemaAttribute, given: Given | undefined): SchemaAttribute {
  if (!given) return standard
  const { Name, AttributeDataType = standard.AttributeDataType, ...rest } = given
  if (Name === 'sub') throw invalidParameter('The attribute sub cannot be set in a schema.')
  if (AttributeDataType !== standard.AttributeDataType || given.DeveloperOnlyAttribute)
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${Name}`,
    )
  return { ...standard, ...rest }
}

/** Names that look like AWS's prefixes would come back with two of them. */
const reserved = /^(?:custom|dev|cognito):|^identities$/u

function customOf(given: Given): SchemaAttribute {
  const { AttributeDataType = 'String', DeveloperOnlyAttribute = false, Mutable = true } = given
  if (reserved.test(given.Name))
    throw invalidParameter(`The attribute name ${given.Name} is reserved.`)
  if (given.Required)
    throw invalidParameter('Required custom attributes are not supported currently.')
  return {
    Name: nameOf(given),
    AttributeDataType,
    DeveloperOnlyAttribute,
    Mutable,
    Required: false,
    ...(AttributeDataType === 'String' && {
      StringAttributeConstraints: given.StringAttributeConstraints ?? {},
    }),
    ...(AttributeDataType === 'Number' && {
      NumberAttributeConstraints: given.NumberAttributeConstraints ?? {},
    }),
  }
}

function checkBounds({
  Name,
  StringAttributeConstraints,
  NumberAttributeConstraints,
}: Given): void {
  const { MinLength, MaxLength } = StringAttributeConstraints ?? {}
  const { MinValue, MaxValue } = NumberAttributeConstraints ?? {}
  const fits = isRange(MinLength, MaxLength, /^\d+$/u) && isRange(MinValue, MaxValue, /^-?\d+$/u)
  if (!fits) throw invalidParameter(`Invalid constraints given for attribute ${Name}.`)
}

function isRange(low: string | undefined, high: string | undefined, form: RegExp): boolean {
  const given = [low, high].filter((bound) => bound !== undefined)
  if (!given.every((bound) => form.test(bound))) return false
  return low === undefined || high === undefined || Number(low) <= Number(high)
}
