import type { Company, CompanyOptions } from '../../playground/company.ts'
import type { UserSpec } from '../../playground/cognito/index.ts'
import type { Actor, Person, Reply, ViewState } from '../../playground/slack/types.ts'
import { fileURLToPath } from 'node:url'
import { startCompany } from '../../playground/company.ts'
import { openForm } from '../../playground/journeys.ts'
import { watchSecrets } from '../../playground/shown-secrets.ts'
import * as world from '../../playground/world.ts'

export const transports = ['http', 'socket'] as const

export const PROD = { id: 'eu-west-1_PROD00001', name: 'customers' }
export const STAGING = { id: 'eu-west-1_STAGE0001', name: 'staging-customers' }
export const DEV = { id: 'eu-west-1_DEV000001', name: 'dev-customers' }

/** What every password form asks for beside its subject. */
export const grounds = { verified: 'Called back on the number in our records', reason: 'Ticket 7' }

const NOBODY = 'U0NOBODY'
const supporters = Array.from({ length: 40 }, (_, n) => `U0SUP${String(n).padStart(2, '0')}`)

/** Members of Support whom no policy can let in. */
export const outsiders = {
  'of another workspace': { id: 'U0OTHER', name: 'otto', team_id: 'T0OTHER' },
  'a stranger': { id: 'U0STRANGE', name: 'stella', is_stranger: true },
  'a guest': { id: 'U0GUEST', name: 'gina', is_restricted: true },
  'a single-channel guest': { id: 'U0SINGLE', name: 'sid', is_ultra_restricted: true },
  'a bot': { id: 'U0ROBOT', name: 'robbie', is_bot: true },
  deactivated: { id: 'U0GONE', name: 'gwen', deleted: true },
} as const

const colleagues: readonly Person[] = [
  ...[NOBODY, ...supporters].map((id) => ({ id, name: id.toLowerCase() })),
  ...Object.values(outsiders),
]
const support = colleagues.map(({ id }) => id).filter((id) => id !== NOBODY)

/** A company with enough supporters and customers for every story to have its own. */
export interface Workplace extends Company, AsyncDisposable {
  /** Somebody in no group at all. */
  readonly nobody: string
  /** Everything the bot wrote to stdout and stderr. */
  readonly lines: readonly string[]
  /** A member of Support whom nobody has used yet. The bot has read who they are when it started. */
  supporter(): Actor
  /** A user of the pool whom nobody has used yet: confirmed, with a verified e-mail address. */
  customer(pool: string, spec?: Partial<UserSpec>): string
  /** Opens the form for this user and waits until the bot has read all that it reads ahead. */
  form(who: Actor, pool: { id: string; name: string }, user: string): Promise<ViewState>
  /** Remote calls since `mark` that somebody may have waited for: the audit channel is not among them. */
  calls(since: Mark): { slack: string[]; cognito: string[] }
  mark(): Mark
  /** Waits until this holds; an error counts as "not yet". */
  until(look: () => unknown): Promise<void>
}

interface Mark {
  readonly slack: number
  readonly cognito: number
}

const plain = fileURLToPath(new URL('plain.lifeguard.yml', import.meta.url))

export async function openWorkplace(options: CompanyOptions = {}): Promise<Workplace> {
  const lines: string[] = []
  const company = await startCompany({
    config: plain,
    workspace: {
      users: [...world.personas.map(({ person }) => person), ...colleagues],
      usergroups: world.usergroups.map((group) =>
        group.handle === 'support' ? { ...group, users: [...group.users, ...support] } : group,
      ),
      channels: world.channels.map((channel) => ({
        ...channel,
        members: [...(channel.members ?? []), ...colleagues.map(({ id }) => id)],
      })),
    },
    onLine: (line) => lines.push(line),
    ...options,
  })
  const { slack, cognito, url } = company
  watchSecrets(slack)
  const unused = supporters.values()
  let customers = 0
  return {
    ...company,
    [Symbol.asyncDispose]: () => company.close(),
    nobody: NOBODY,
    lines,
    supporter() {
      const id = unused.next().value
      if (id === undefined) throw new Error('Every supporter has a story already: add more.')
      return slack.person(id)
    },
    customer(pool, spec = {}) {
      customers += 1
      const username = `customer-${customers}`
      const attributes = { email: `${username}@example.com`, email_verified: 'true' }
      cognito.pools.addUser(pool, { username, attributes, ...spec })
      return username
    },
    async form(who, pool, user) {
      const from = { slack: slack.calls.length }
      const view = await openForm(slack, who.id, 'reset-password', `${pool.name} ${user}`)
      const openedAt = Number.parseInt(view.private_metadata.slice(0, 9), 36)
      await slack.until(
        () =>
          slack.calls
            .slice(from.slack)
            .some(
              ({ method, args, at }) =>
                method === 'users.info' && args['user'] === who.id && at >= openedAt,
            ) &&
          cognito.requests.some(
            ({ operation, input }) =>
              operation === 'DescribeUserPool' &&
              (input as { UserPoolId: string }).UserPoolId === pool.id,
          ),
      )
      // The answers are under way; whatever the bot says next, it says after reading them.
      await (await fetch(`${url}/healthz`)).text()
      return view
    },
    mark: () => ({ slack: slack.calls.length, cognito: cognito.requests.length }),
    calls: (since) => ({
      slack: slack.calls
        .slice(since.slack)
        .filter(({ args }) => args['channel'] !== world.auditChannel)
        .map(({ method }) => method),
      cognito: cognito.requests.slice(since.cognito).map(({ operation }) => operation),
    }),
    until: async (look) => {
      await slack.until(() => {
        try {
          return look() !== false
        } catch {
          return false
        }
      }, 15_000)
    },
  }
}

/** Everything a view says, in one text. */
export function textOf(view: { readonly blocks: readonly unknown[] } | undefined): string {
  return textsIn(view?.blocks ?? []).join('\n')
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'text' && typeof member === 'string' ? [member] : textsIn(member),
  )
}

/** The password that the reveal view shows; undefined when there is none. */
export function secretOf(view: ViewState | undefined): string | undefined {
  const block = view?.blocks.find(({ block_id: id }) => id === 'secret')
  return block && textsIn(block).join('')
}

/** What the form holds, by field. */
export function valuesOf(view: ViewState | undefined): Record<string, unknown> {
  const fields = Object.entries(view?.state.values ?? {}).map(([field, inputs]) => {
    const input = inputs[field]
    const chosen = input?.selected_options?.map(({ value }) => value)
    return [field, input?.selected_option?.value ?? chosen ?? input?.value] as const
  })
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined && value !== null))
}

/** The choices a form offers for this field. */
export function offeredIn(view: ViewState | undefined, field: string): string[] {
  const block = view?.blocks.find(({ block_id: id }) => id === field)
  const { options = [] } = (block?.['element'] ?? {}) as { options?: { value: string }[] }
  return options.map(({ value }) => value)
}

/** What the person is told, wherever it is said. */
export function saidIn({ ack, ephemeral, view, errors, error }: Reply): string {
  return [...textsIn(ack), ephemeral?.text, textOf(view), ...Object.values(errors ?? {}), error]
    .filter(Boolean)
    .join('\n')
}
