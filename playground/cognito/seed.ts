import type { PoolSpec, SessionSpec, UserSpec, World } from './specs.ts'

const verified = (email: string, name: string) => ({ email, email_verified: 'true', name })

const laptop = {
  ip: '192.0.2.42',
  device: 'Firefox 140 / Linux',
  city: 'Dublin',
  country: 'Ireland',
}
const browser = 'sso7f3k9q2m5x8b1v4n6c0z3l7jd'

/** A laptop with a browser that keeps her signed in, and a phone that was last seen far away. */
const radiasSessions: readonly SessionSpec[] = [
  { id: browser, startedHoursAgo: 50, activeHoursAgo: 2, ...laptop },
  {
    id: 'tknb4r8w2y6t1p5h9s3d7g0f4k8q',
    parentId: browser,
    startedHoursAgo: 50,
    activeHoursAgo: 2,
    ...laptop,
  },
  {
    id: 'tknm2x6c0v4z8n1j5l9a3e7u2i6o',
    startedHoursAgo: 300,
    activeHoursAgo: 90,
    ip: '198.51.100.23',
    device: 'Safari 18 / iOS',
    city: 'Lisbon',
    country: 'Portugal',
  },
]

/** A dozen people and more, one for every status and trap an operator meets. */
const people: readonly UserSpec[] = [
  { username: 'ada', attributes: verified('ada@example.com', 'Ada Lovelace'), groups: ['staff'] },
  { username: 'grace', attributes: verified('grace@example.com', 'Grace Hopper') },
  {
    username: 'alan',
    attributes: { email: 'alan@example.com', email_verified: 'false', name: 'Alan Turing' },
  },
  {
    username: 'katherine',
    status: 'FORCE_CHANGE_PASSWORD',
    attributes: verified('katherine@example.com', 'Katherine Johnson'),
  },
  {
    username: 'edsger',
    status: 'FORCE_CHANGE_PASSWORD',
    passwordAgeDays: 40,
    attributes: verified('edsger@example.com', 'Edsger Dijkstra'),
  },
  {
    username: 'frances',
    status: 'RESET_REQUIRED',
    attributes: verified('frances@example.com', 'Frances Allen'),
  },
  {
    username: 'joan',
    status: 'UNCONFIRMED',
    attributes: { email: 'joan@example.com', email_verified: 'false', name: 'Joan Clarke' },
  },
  {
    username: 'hedy',
    enabled: false,
    attributes: verified('hedy@example.com', 'Hedy Lamarr'),
  },
  {
    username: 'google_104857600000000000001',
    status: 'EXTERNAL_PROVIDER',
    attributes: {
      ...verified('kathleen@example.com', 'Kathleen Booth'),
      identities: JSON.stringify([
        {
          userId: '104857600000000000001',
          providerName: 'Google',
          providerType: 'Google',
          primary: true,
        },
      ]),
    },
  },
  {
    username: 'evelyn',
    mfa: ['EMAIL_OTP'],
    attributes: verified('evelyn@example.com', 'Evelyn Boyd'),
  },
  {
    username: 'john',
    groups: ['admins', 'staff'],
    attributes: verified('john@example.com', 'John Backus'),
  },
  {
    username: 'niklaus',
    status: 'ARCHIVED',
    attributes: verified('niklaus@example.com', 'Niklaus Wirth'),
  },
  { username: 'mary', attributes: verified('mary.jackson@example.com', 'Mary Smith') },
  { username: 'mary2', attributes: verified('mary.smith@example.com', 'Mary Smith') },
  {
    username: 'alonzo',
    attributes: {
      phone_number: '+12025550100',
      phone_number_verified: 'true',
      name: 'Alonzo Church',
    },
  },
  { username: 'O"Brien\\', attributes: verified('obrien@example.com', "Morgan O'Brien") },
  {
    username: 'radia',
    mfa: ['SOFTWARE_TOKEN_MFA'],
    attributes: verified('radia@example.com', 'Radia Perlman'),
    sessions: radiasSessions,
  },
]

const groups = [
  { name: 'admins', description: 'May change everything', precedence: 1 },
  {
    name: 'staff',
    description: 'Works here',
    precedence: 10,
    roleArn: 'arn:aws:iam::111111111111:role/staff',
  },
]

const emailMfa = {
  mfa: {
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: 'Your code is {####}.', Subject: 'Your code' },
  },
}

/** A second factor by e-mail takes a sender of one's own. */
const byEmail: Pick<PoolSpec['settings'], 'AccountRecoverySetting' | 'EmailConfiguration'> = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-west-1:111111111111:identity/example.com',
    From: 'Example <no-reply@example.com>',
  },
}

export const customers: PoolSpec = {
  id: 'eu-west-1_PROD00001',
  sessionTracking: 'ENABLED',
  settings: {
    Name: 'customers',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 14,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        PasswordHistorySize: 5,
        TemporaryPasswordValidityDays: 3,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    },
    DeletionProtection: 'ACTIVE',
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    UserPoolTags: { env: 'prod' },
    ...byEmail,
  },
  ...emailMfa,
  groups,
  users: people,
}

const stagingCustomers: PoolSpec = {
  id: 'eu-west-1_STAGE0001',
  sessionTracking: 'ENABLED',
  settings: {
    Name: 'staging-customers',
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    UserPoolTags: { env: 'staging' },
    ...byEmail,
  },
  ...emailMfa,
  groups,
  users: people,
}

const devCustomers: PoolSpec = {
  id: 'eu-west-1_DEV000001',
  settings: {
    Name: 'dev-customers',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 6,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    },
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    UserPoolTags: { env: 'dev' },
    ...byEmail,
  },
  ...emailMfa,
  groups,
  users: people,
}

/** The playground: three pools in three environments, in one Region of one account. */
export const playgroundWorld: World = { pools: [customers, stagingCustomers, devCustomers] }
