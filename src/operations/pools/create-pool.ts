import { z } from 'zod'
import { digestOf } from '../../core/canonical.ts'
import type { PoolRef, PoolSnapshot } from '../../core/directory.ts'
import { choice, choices, pick, pool, reason, text, toggle } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Plan, Values } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { cloneBase } from '../../domain/pool/clone.ts'
import type { CloneBase } from '../../domain/pool/clone.ts'
import { cloneFacts, creationDifferences, creationFacts } from '../../domain/pool/creation-words.ts'
import { creationOf, REQUEST_TAG } from '../../domain/pool/create.ts'
import { SIGN_IN, startValues, USUAL } from '../../domain/pool/create.ts'
import type { Creation } from '../../domain/pool/create.ts'
import { valuesOf } from '../../domain/pool/sections.ts'
import { SECTION_CHOICES, settingFields } from '../../domain/pool/setting-fields.ts'
import { SECTIONS } from '../../domain/pool/settings.ts'
import type { Setting } from '../../domain/pool/settings.ts'

interface Create extends Plan {
  readonly place: PoolRef
  readonly creation: Creation
  /** What is not cloned. */
  readonly left: readonly string[]
}

const SECOND_FACTOR = [
  { value: 'OFF', label: 'Off' },
  { value: 'OPTIONAL', label: 'Optional' },
  { value: 'ON', label: 'Required' },
] as const

/** Sections that the form does not show by itself. MFA and the name have fields of their own here. */
const OWN_FIELDS = new Set([
  'name',
  'mfa',
  'password_policy',
  'recovery',
  'deletion_protection',
  'tags',
])
const [firstMore, ...otherMore] = SECTION_CHOICES.filter(({ value }) => !OWN_FIELDS.has(value))
if (!firstMore) throw new TypeError('There are no further sections.')

const IN_THE_CONSOLE = 'Set it up in the AWS console.'
const WHERE = ['clone_of', 'with_triggers', 'name', 'environment', 'account', 'region'] as const
const SIGNING = ['sign_in', 'second_factor', 'authenticator_apps'] as const

export const createPool = mutation({
  name: 'create-pool',
  title: 'Create a pool',
  button: 'Create',
  summary: 'Create a user pool from a form, or as a clone of another one.',
  risk: 'change',
  input: z.object({
    clone_of: pool('Clone of').optional(),
    with_triggers: toggle('Lambda triggers of the clone', 'Take them along'),
    name: text('Name', { missing: 'Give the new pool a name.', most: 128 }).regex(
      /^[\w\s+=,.@-]+$/,
      'Use letters, digits, spaces and + = , . @ - only.',
    ),
    environment: pick('Environment', 'Choose an environment.'),
    account: pick('Account', 'Choose an account.'),
    region: pick('Region', 'Choose a region.'),
    sign_in: choice('People sign in with', SIGN_IN).default('email'),
    second_factor: choice('Second factor', SECOND_FACTOR).default('OFF'),
    authenticator_apps: toggle('Authenticator apps', 'As a second factor'),
    ...settingFields,
    sections: choices('Further sections', [firstMore, ...otherMore], {
      redraws: true,
      hint: 'Their settings appear below.',
    }),
    settings: text('Settings as YAML or JSON', {
      missing: 'Write members of CreateUserPool.',
      most: 3000,
      lines: 'many',
      hint: 'In the API’s own names, such as Policies and Schema. They win over the form.',
    }).optional(),
    reason: reason(),
  }),
  words: ['name'],
  examples: [
    { typed: 'create-pool', means: {} },
    { typed: 'create-pool dev-partners', means: { name: 'dev-partners' } },
  ],

  place: newPlace,

  shows(values) {
    const clone = typeof values['clone_of'] === 'string'
    return [
      ...WHERE.filter((field) => field !== 'with_triggers' || clone),
      ...(clone ? [] : SIGNING),
      ...shownSettings(values).map(({ name }) => name),
      'sections',
      'settings',
      'reason',
    ]
  },

  prefill(values, { snapshots }, chosen): Values {
    const shown = shownSettings(values)
    const source = snapshots['clone_of']
    const start = source ? fromSource(source) : startValues(shown)
    // A further section brings its fields; what is filled in already stays.
    if (chosen === 'sections')
      return Object.fromEntries(shown.map(({ name }) => [name, values[name] ?? start[name]]))
    return Object.fromEntries(shown.map(({ name }) => [name, start[name]]))
  },

  options: {
    environment: async (_values, { inventory }) => listed(inventory.environments),
    account: async (_values, { inventory }) => listed(inventory.accounts.map(({ name }) => name)),
    region: async ({ account }, { inventory }) => {
      const [only] = inventory.accounts.length === 1 ? inventory.accounts : []
      const chosen = inventory.accounts.find(({ name }) => name === account) ?? only
      if (!chosen) throw new Refusal('Choose an account first.')
      return listed(chosen.regions)
    },
  },

  async plan(input, look): Promise<Create> {
    const place = placeOf(input, look)
    const source = input.clone_of === undefined ? undefined : await look.snapshot(input.clone_of)
    const clone = source && cloneBase(source, place, { triggers: input.with_triggers })
    const creation = creationOf({
      place,
      requestId: look.request,
      signIn: input.sign_in,
      authenticatorApps: input.authenticator_apps,
      secondFactor: input.second_factor,
      shown: shownSettings(input),
      values: input,
      text: input.settings,
      clone,
    })
    requireEnvironment(place, creation, look)
    const left = clone?.left.map((one) => `Not cloned: ${one}`) ?? []
    return {
      pool: place,
      target: { name: place.name, id: place.id, label: place.name, emails: [] },
      facts: [
        { term: 'Where', text: `${place.environment}, account ${place.account}, ${place.region}` },
        ...(source && clone ? sourceFacts(source, clone, creation) : []),
        ...creationFacts(creation),
      ],
      warnings: [...twinsOf(place, look), ...left],
      secret: false,
      basis: digestOf([creation.request, creation.mfa ?? null]),
      place,
      creation,
      left,
    }
  },

  async apply({ place, creation, left }, act) {
    const { snapshot, withoutMfa } = await act.createPool({ place, ...creation })
    const different = creationDifferences(creation.request, snapshot.settings)
    const { pool: made } = snapshot
    return {
      sentence: `${made.name} is created: ${made.id}.`,
      ...(withoutMfa === undefined
        ? {}
        : {
            alarm: `Its second factor is not set up as asked for. ${withoutMfa} ${IN_THE_CONSOLE}`,
          }),
      facts:
        different.length === 0
          ? [{ term: 'Proof', text: 'Read back from Cognito: everything is as it was asked for.' }]
          : different,
      notes: ['It shows in lists within a minute.', ...left],
    }
  },

  async resolve(values, { request }, reads) {
    const place = newPlace(values)
    const found = place ? await reads.created(place) : []
    const ours = found.filter(({ tags }) => tags[REQUEST_TAG] === request)
    return ours.length === 1 ? 'applied' : 'unknown'
  },
})

/** Where it would be; undefined while the form does not say. */
function newPlace(values: Values): PoolRef | undefined {
  const [name, environment, account, region] = ['name', 'environment', 'account', 'region'].map(
    (field) => values[field],
  )
  if (typeof name !== 'string' || typeof environment !== 'string') return undefined
  if (typeof account !== 'string' || typeof region !== 'string') return undefined
  return { id: `new:${account}:${region}:${name}`, name, environment, account, region }
}

const listed = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))

function shownSettings(values: Values): readonly Setting[] {
  const chosen = Array.isArray(values['sections']) ? values['sections'] : []
  return [
    ...USUAL,
    ...SECTIONS.filter(({ value }) => chosen.includes(value)).flatMap(({ settings }) => settings),
  ]
}

function fromSource(source: PoolSnapshot): Values {
  return Object.assign({}, ...SECTIONS.map((section) => valuesOf(source, section))) as Values
}

function placeOf(values: Values, { inventory }: Look): PoolRef {
  const place = newPlace(values)
  const account = inventory.accounts.find(({ name }) => name === place?.account)
  if (!place || !inventory.environments.includes(place.environment))
    throw new Refusal('Choose an environment from the list.', { field: 'environment' })
  if (!account) throw new Refusal('Choose an account from the list.', { field: 'account' })
  if (!account.regions.includes(place.region))
    throw new Refusal(
      `Lifeguard looks after no pools of ${account.name} there. Choose a region from the list.`,
      {
        field: 'region',
      },
    )
  return place
}

/** lifeguard.yml says which environment a pool is in: nobody gets a pool past it. */
function requireEnvironment(place: PoolRef, { request }: Creation, { inventory }: Look): void {
  const tags = request['UserPoolTags'] as Readonly<Record<string, string>>
  const environment = inventory.environmentOf({ name: place.name, tags })
  if (environment === place.environment) return
  const where =
    environment === undefined
      ? 'in none, so Lifeguard would not look after it'
      : `in ${environment}`
  throw new Refusal(
    `By lifeguard.yml a pool of this name and these tags is ${where}. No pool was created. Choose another name or environment.`,
    { field: 'environment' },
  )
}

function sourceFacts({ pool: source }: PoolSnapshot, clone: CloneBase, creation: Creation) {
  return [
    { term: 'Clone of', text: `${source.name} (${source.id})` },
    ...cloneFacts(source.name, clone, creation),
  ]
}

function twinsOf(place: PoolRef, look: Look): readonly string[] {
  return look.pools
    .page(place.name, 0, 5)
    .rows.filter(({ name }) => name.toLowerCase() === place.name.toLowerCase())
    .map(({ id, region }) => `There is a pool of this name already: ${id} in ${region}.`)
}
