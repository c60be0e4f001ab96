import { PageToken, UserPoolId } from './constraint-parts.ts'
import {
  EmailSubject,
  EmailText,
  PoolName,
  settingsMembers,
  SmsAuthenticationMessage,
  SmsConfiguration,
} from './constraints-settings.ts'
import { flag, integer, list, oneOf, optional, structure, text } from './shapes.ts'

const ClientId = text({ min: 1, max: 128, pattern: String.raw`[\w+]+`, sensitive: true })
const bound = optional(text({ max: 131_072 }))

/** An attribute of a new pool; its name comes without `custom:` or `dev:`. */
const SchemaAttribute = structure({
  Name: text({ min: 1, max: 20, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }),
  AttributeDataType: optional(oneOf('String', 'Number', 'DateTime', 'Boolean')),
  DeveloperOnlyAttribute: optional(flag),
  Mutable: optional(flag),
  Required: optional(flag),
  NumberAttributeConstraints: optional(structure({ MinValue: bound, MaxValue: bound })),
  StringAttributeConstraints: optional(structure({ MinLength: bound, MaxLength: bound })),
})

const CreateUserPool = structure({
  PoolName,
  ...settingsMembers,
  AliasAttributes: optional(list(oneOf('phone_number', 'email', 'preferred_username'))),
  UsernameAttributes: optional(list(oneOf('phone_number', 'email'))),
  Schema: optional(list(SchemaAttribute, { min: 1, max: 50 })),
  UsernameConfiguration: optional(structure({ CaseSensitive: flag })),
})

const SetUserPoolMfaConfig = structure({
  UserPoolId,
  SmsMfaConfiguration: optional(
    structure({
      SmsAuthenticationMessage: optional(SmsAuthenticationMessage),
      SmsConfiguration: optional(SmsConfiguration),
    }),
  ),
  SoftwareTokenMfaConfiguration: optional(structure({ Enabled: optional(flag) })),
  EmailMfaConfiguration: optional(
    structure({ Message: optional(EmailText), Subject: optional(EmailSubject) }),
  ),
  MfaConfiguration: optional(oneOf('OFF', 'ON', 'OPTIONAL')),
  WebAuthnConfiguration: optional(
    structure({
      RelyingPartyId: optional(text({ min: 1, max: 127 })),
      UserVerification: optional(oneOf('required', 'preferred')),
      FactorConfiguration: optional(oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION')),
    }),
  ),
})

/** Requests about a pool itself. */
export const poolRequests = {
  ListUserPools: structure({
    MaxResults: integer(1, 60),
    NextToken: optional(text({ min: 1, pattern: String.raw`[\S]+` })),
  }),
  DescribeUserPool: structure({ UserPoolId }),
  CreateUserPool,
  UpdateUserPool: structure({ UserPoolId, PoolName: optional(PoolName), ...settingsMembers }),
  GetUserPoolMfaConfig: structure({ UserPoolId }),
  SetUserPoolMfaConfig,
  DescribeRiskConfiguration: structure({ UserPoolId, ClientId: optional(ClientId) }),
  GetLogDeliveryConfiguration: structure({ UserPoolId }),
  GetUserPoolSessionConfiguration: structure({ UserPoolId }),
  ListUserPoolReplicas: structure({ UserPoolId, NextToken: optional(PageToken) }),
  ListUserPoolClients: structure({
    UserPoolId,
    MaxResults: optional(integer(1, 60)),
    NextToken: optional(PageToken),
    ClientType: optional(oneOf('REGULAR', 'DCR')),
  }),
}
