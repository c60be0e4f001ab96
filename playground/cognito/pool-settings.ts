import type { InputOf } from './shapes.ts'
import type { poolRequests } from './constraints-pools.ts'
import type { JsonObject } from './json.ts'

type Request = Omit<InputOf<typeof poolRequests.UpdateUserPool>, 'UserPoolId' | 'PoolName'>

/** What CreateUserPool and UpdateUserPool can say: the 23 members that they share. */
export type WritableSettings = Omit<
  Request,
  'AutoVerifiedAttributes' | 'UserAttributeUpdateSettings' | 'AccountRecoverySetting'
> & {
  readonly AutoVerifiedAttributes?: readonly string[]
  readonly UserAttributeUpdateSettings?: {
    readonly AttributesRequireVerificationBeforeUpdate?: readonly string[]
  }
  readonly AccountRecoverySetting?: {
    readonly RecoveryMechanisms?: readonly { readonly Priority: number; readonly Name: string }[]
  }
}

/** A pool as DescribeUserPool tells it (38 members in SDK 3.1169.0), less what is counted or dated. */
export type PoolSettings = {
  -readonly [Name in keyof WritableSettings]: WritableSettings[Name]
} & {
  Name: string
  Status?: string
  SchemaAttributes?: readonly SchemaAttribute[]
  AliasAttributes?: readonly string[]
  UsernameAttributes?: readonly string[]
  UsernameConfiguration?: { readonly CaseSensitive: boolean }
  SmsConfigurationFailure?: string
  EmailConfigurationFailure?: string
  Domain?: string
  CustomDomain?: string
}

export type SchemaAttribute = {
  readonly Name: string
  readonly AttributeDataType: string
  readonly DeveloperOnlyAttribute?: boolean
  readonly Mutable?: boolean
  readonly Required?: boolean
  readonly StringAttributeConstraints?: {
    readonly MinLength?: string
    readonly MaxLength?: string
  }
  readonly NumberAttributeConstraints?: { readonly MinValue?: string; readonly MaxValue?: string }
}

/** What only GetUserPoolMfaConfig tells; MfaConfiguration and the SMS block live in the settings. */
export type MfaSettings = {
  SoftwareTokenMfaConfiguration?: { readonly Enabled?: boolean }
  EmailMfaConfiguration?: { readonly Message?: string; readonly Subject?: string }
  WebAuthnConfiguration?: {
    readonly RelyingPartyId?: string
    readonly UserVerification?: string
    readonly FactorConfiguration?: string
  }
}

/** Where a pool is replicated, its own Region among them; `Role` of its own Region says what it is. */
export type Replica = {
  readonly RegionName: string
  readonly Status: 'CREATING' | 'INACTIVE' | 'ACTIVE' | 'DELETING'
  readonly Role: 'PRIMARY' | 'SECONDARY'
}

/** What other operations tell about a pool; no operation here writes it. */
export type PoolSurroundings = {
  /** Threat protection's settings (DescribeRiskConfiguration), less the pool's id. */
  readonly risk: JsonObject
  /** LogConfigurations of GetLogDeliveryConfiguration. */
  readonly logDelivery: readonly JsonObject[]
  readonly replicas: readonly Replica[]
  /** Name of the app client; undefined: the pool lists none. */
  readonly appName: string | undefined
}

/** A pool of which nobody has said anything of the kind. */
export const noSurroundings: PoolSurroundings = {
  risk: {},
  logDelivery: [],
  replicas: [],
  appName: 'app',
}
