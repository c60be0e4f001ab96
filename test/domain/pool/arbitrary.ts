import * as fc from 'fast-check'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import type { PoolSnapshot } from '../../../src/core/directory.ts'
import { plainText, withValue } from '../../../src/domain/pool/paths.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import type { Setting } from '../../../src/domain/pool/settings.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const arn = word.map((name) => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`)
const shortText = fc.stringMatching(/^[A-Za-z0-9]{5}( [A-Za-z0-9]{1,8}){0,4}$/)

/** What a text has to look like, where any words will not do. */
const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  Name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/),
  SmsAuthenticationMessage: shortText.map((text) => `${text} {####}`),
  'VerificationMessageTemplate.EmailMessage': shortText.map((text) => `${text} {####}`),
  'VerificationMessageTemplate.EmailMessageByLink': shortText.map((text) => `${text} {##here##}`),
  'VerificationMessageTemplate.SmsMessage': shortText.map((text) => `${text} {####}`),
  'AdminCreateUserConfig.InviteMessageTemplate.EmailMessage': shortText.map(
    (text) => `{username} ${text} {####}`,
  ),
  'AdminCreateUserConfig.InviteMessageTemplate.SMSMessage': shortText.map(
    (text) => `{username} ${text} {####}`,
  ),
  'EmailConfiguration.ReplyToEmailAddress': word.map((name) => `${name}@example.com`),
  'EmailConfiguration.ConfigurationSet': word,
  'SmsConfiguration.SnsRegion': fc.constantFrom('eu-west-1', 'us-east-1'),
  // End User Messaging stays in the pool's Region.
  'SmsConfiguration.EumsSms.Region': fc.constant('eu-west-1'),
}

const FACTORS = 'Policies.SignInPolicy.AllowedFirstAuthFactors'

/** A value that the setting may have, whatever the others are. */
export function valueFor({ path, kind }: Setting): fc.Arbitrary<Json> {
  if (path === 'UserPoolTags') return fc.dictionary(word, word, { minKeys: 1, maxKeys: 4 })
  if (path === 'AcrConfiguration')
    return fc
      .uniqueArray(word, { minLength: 1, maxLength: 3 })
      .map((names) =>
        Object.fromEntries(names.map((name, n) => [`Level${n + 1}`, { AcrValue: name }])),
      )
  const { input } = kind
  if (path === FACTORS)
    return fc.subarray(['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']).map((more) => ['PASSWORD', ...more])
  switch (input.as) {
    case 'number':
      return fc.integer({ min: input.least, max: input.most })
    case 'switch':
      return fc.boolean()
    case 'choice':
      return fc
        .constantFrom(...input.choices.map(({ value }) => value))
        .map((value) => kind.fromForm(value) ?? null)
    case 'choices':
      return fc.subarray(
        input.choices.map(({ value }) => value),
        { minLength: 1 },
      )
    case 'text':
      if (path.startsWith('DcrConfiguration'))
        return fc.uniqueArray(word, { minLength: 1, maxLength: 3 })
      return TEXTS[path] ?? (kind.fault('words') === undefined ? word : arn)
  }
}

/** Settings that only make sense together, present or absent as one. */
const TOGETHER: readonly (readonly string[])[] = [
  ['SmsConfiguration.SnsCallerArn', 'SmsConfiguration.ExternalId', 'SmsConfiguration.SnsRegion'],
  ...['PreTokenGenerationConfig', 'CustomSMSSender', 'CustomEmailSender', 'InboundFederation'].map(
    (trigger) => [`LambdaConfig.${trigger}.LambdaArn`, `LambdaConfig.${trigger}.LambdaVersion`],
  ),
  ['KeyConfiguration.KeyType', 'KeyConfiguration.KmsKeyArn'],
  ['EmailConfiguration.EmailSendingAccount', 'EmailConfiguration.SourceArn'],
  ['DcrConfiguration.EnableStatus', 'DcrConfiguration.OpenDcrEnabled'],
]

/** Held fixed, so that every other value can go with it. */
const FIXED: JsonObject = {
  Id: 'eu-west-1_ANY000001',
  Arn: 'arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_ANY000001',
  CreationDate: '2026-01-01T00:00:00.000Z',
  LastModifiedDate: '2026-02-01T00:00:00.000Z',
  EstimatedNumberOfUsers: 7,
  MfaConfiguration: 'OFF',
  UserPoolTier: 'PLUS',
  UsernameConfiguration: { CaseSensitive: false },
}

const EUMS = /^SmsConfiguration\.EumsSms/
const ALWAYS = new Set(['Name'])
const HELD = new Set(['MfaConfiguration', 'UserPoolTier'])

/** Every setting present or absent, in what AWS would accept together. */
const modernSettings: fc.Arbitrary<JsonObject> = fc
  .tuple(
    ...[...SETTINGS.values()]
      .filter(({ path }) => !HELD.has(path))
      .map((one) =>
        fc.tuple(
          fc.constant(one.path),
          ALWAYS.has(one.path) ? valueFor(one) : fc.option(valueFor(one), { nil: undefined }),
        ),
      ),
  )
  .map((entries) => consistent(new Map(entries)))

/** Takes out what lacks its companions, and makes twins equal. */
function consistent(values: Map<string, Json | undefined>): JsonObject {
  for (const group of TOGETHER)
    if (group.some((path) => values.get(path) === undefined))
      for (const path of group) values.delete(path)
  if (values.get('KeyConfiguration.KeyType') === 'AWS_OWNED_KEY')
    values.delete('KeyConfiguration.KmsKeyArn')
  // SMS go through SNS or through End User Messaging, which needs a role too.
  const sns = values.get('SmsConfiguration.SnsCallerArn') !== undefined
  const eums = !sns && values.get('SmsConfiguration.EumsSms.CallerArn') !== undefined
  if (!eums) for (const path of values.keys()) if (EUMS.test(path)) values.delete(path)
  // Phone numbers are verified by SMS.
  const verified = values.get('AutoVerifiedAttributes')
  if (Array.isArray(verified) && !sns && !eums)
    values.set('AutoVerifiedAttributes', verified.filter((one) => one !== 'phone_number') as Json)
  const trigger = values.get('LambdaConfig.PreTokenGenerationConfig.LambdaArn')
  if (trigger !== undefined) values.set('LambdaConfig.PreTokenGeneration', trigger)
  if (values.get('UserPoolAddOns.AdvancedSecurityMode') === undefined)
    values.delete('UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode')
  if (values.get('LambdaConfig.KMSKeyID') === undefined)
    for (const path of values.keys())
      if (path.startsWith('LambdaConfig.Custom')) sendersOff(values, path)
  for (const [path, value] of values) if (value === undefined) values.delete(path)
  return [...values].reduce((form, [path, value]) => withValue(form, path, value), FIXED)
}

/** A sender of one's own needs a key; the custom message is no sender. */
function sendersOff(values: Map<string, Json | undefined>, path: string): void {
  if (path !== 'LambdaConfig.CustomMessage') values.delete(path)
}

/** The shapes of before 2019 and what Cognito adds by itself. */
const legacy = fc.record(
  {
    SmsVerificationMessage: TEXTS['VerificationMessageTemplate.SmsMessage'] ?? word,
    EmailVerificationMessage: TEXTS['VerificationMessageTemplate.EmailMessage'] ?? word,
    EmailVerificationSubject: word,
    unused: fc.integer({ min: 1, max: 365 }),
    emptyTriggers: fc.constant(true),
    levels: fc.constant(true),
    awsTag: fc.constant(true),
  },
  { requiredKeys: [] },
)

export const anySettings: fc.Arbitrary<JsonObject> = fc
  .tuple(modernSettings, legacy)
  .map(([settings, old]) => {
    const { unused, emptyTriggers, levels, awsTag, ...messages } = old
    const steps: readonly ((form: JsonObject) => JsonObject)[] = [
      (form) => ({ ...form, ...messages }),
      (form) =>
        unused === undefined
          ? form
          : withValue(form, 'AdminCreateUserConfig.UnusedAccountValidityDays', unused),
      (form) =>
        emptyTriggers && form['LambdaConfig'] === undefined ? { ...form, LambdaConfig: {} } : form,
      (form) =>
        levels
          ? {
              ...form,
              AcrConfiguration: {
                ...(form['AcrConfiguration'] as JsonObject),
                Level4: { AcrValue: 'urn:cognito:loa:4' },
              },
            }
          : form,
      (form) =>
        awsTag
          ? {
              ...form,
              UserPoolTags: {
                ...(form['UserPoolTags'] as JsonObject),
                'aws:cloudformation:stack': 'one',
              },
            }
          : form,
    ]
    return steps.reduce((form, step) => step(form), settings)
  })

const anyMfa: fc.Arbitrary<JsonObject> = fc.record(
  {
    MfaConfiguration: fc.constant('OFF'),
    SoftwareTokenMfaConfiguration: fc.record({ Enabled: fc.boolean() }),
    EmailMfaConfiguration: fc.record({
      Message: shortText.map((text) => `${text} {####}`),
      Subject: word,
    }),
  },
  { requiredKeys: ['MfaConfiguration'] },
)

export function snapshotOf(
  settings: JsonObject,
  mfa: JsonObject = { MfaConfiguration: 'OFF' },
): PoolSnapshot {
  return {
    pool: {
      id: plainText(settings['Id']),
      name: plainText(settings['Name']),
      environment: 'prod',
      account: 'main',
      region: 'eu-west-1',
    },
    settings,
    mfa,
    unknown: [],
    readAt: 0,
  }
}

/** A pool with every member of it present or absent, in legacy and in new shapes. */
export const anySnapshot: fc.Arbitrary<PoolSnapshot> = fc
  .tuple(anySettings, anyMfa)
  .map(([settings, mfa]) => snapshotOf(settings, mfa))

/** Members that Cognito fills in as soon as their structure is there: setting one of it brings them along. */
const FILLED_IN = [
  'DeviceConfiguration.ChallengeRequiredOnNewDevice',
  'DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt',
  'DcrConfiguration.OpenDcrEnabled',
]

/** The paths that may differ after this one was set: its own, and what a structure that is new comes with. */
export function movedBy({ settings }: PoolSnapshot, path: string): readonly string[] {
  const [parent = ''] = path.split('.')
  return settings[parent] === undefined
    ? [path, ...FILLED_IN.filter((one) => one.startsWith(`${parent}.`))]
    : [path]
}
