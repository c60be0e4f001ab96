import { limits } from '../block-kit/limits.ts'
import { validateBlockKit } from '../block-kit/validate.ts'
import { isRecord, type JsonRecord, string } from '../json.ts'
import type { Trigger } from '../triggers.ts'
import type { ViewState } from '../types.ts'
import { asSent } from '../views.ts'
import { type Host, type Method, type Methods, needed, refuseFaults, Refused } from './method.ts'

/** A view of this type that Slack would take. */
function checkedView(args: JsonRecord, type: 'modal' | 'home'): JsonRecord {
  const view = args['view']
  if (!isRecord(view)) throw new Refused('invalid_arguments')
  if (JSON.stringify(view).length > limits.viewBytes) throw new Refused('view_too_large')
  refuseFaults('invalid_arguments', validateBlockKit({ view }))
  if (view['type'] !== type) throw new Refused('invalid_arguments')
  return view
}

/** An external_id names one view of the team at a time. */
function refuseTaken(view: JsonRecord, host: Host, itself?: ViewState): void {
  const externalId = string(view['external_id'])
  if (externalId === undefined || externalId === '') return
  const holder = host.views.find({ externalId })
  if (holder && holder.view.id !== itself?.id) throw new Refused('duplicate_external_id')
}

function triggered(args: JsonRecord, host: Host): Trigger {
  const trigger = host.triggers.exchange(needed(args, 'trigger_id'))
  if ('error' in trigger) throw new Refused(trigger.error)
  return trigger
}

function shown(host: Host, user: string, view: ViewState | undefined): JsonRecord {
  if (!view) throw new Refused('push_limit_reached')
  host.changes.tell([user])
  return { view: asSent(view) }
}

const update: Method = {
  tier: 4,
  run(args, host) {
    const view = args['view']
    const externalId = string(args['external_id'])
    const found = host.views.find(
      externalId === undefined ? { id: needed(args, 'view_id') } : { externalId },
    )
    const checked = checkedView({ view }, found?.view.type ?? 'modal')
    if (!found) throw new Refused('not_found')
    const hash = string(args['hash'])
    if (hash !== undefined && hash !== found.view.hash) throw new Refused('hash_conflict')
    refuseTaken(checked, host, found.view)
    return shown(host, found.user, host.views.update(found.user, found.view, checked))
  },
}

const publish: Method = {
  tier: 4,
  run(args, host) {
    const user = needed(args, 'user_id')
    if (!host.people.has(user)) throw new Refused('user_not_found')
    const view = checkedView(args, 'home')
    const before = host.views.home(user)
    const hash = string(args['hash'])
    if (hash !== undefined && before && hash !== before.hash) throw new Refused('hash_conflict')
    refuseTaken(view, host, before)
    return shown(host, user, host.views.publish(user, view))
  },
}

/** Opening and pushing differ only in what lies below; the trigger is spent last. */
const onTrigger = (
  place: (host: Host, trigger: Trigger, view: JsonRecord) => ViewState | undefined,
): Method => ({
  tier: 4,
  run(args, host) {
    const view = checkedView(args, 'modal')
    refuseTaken(view, host)
    const trigger = triggered(args, host)
    return shown(host, trigger.user, place(host, trigger, view))
  },
})

export const viewMethods: Methods = {
  'views.open': onTrigger((host, { user, inModal }, view) => {
    // "it's not guaranteed to work properly" (bolt-js #1827, #639): update or push instead.
    if (inModal) host.problems.add('views.open: called from inside a modal')
    return host.views.open(user, view)
  }),
  'views.push': onTrigger((host, { user }, view) => host.views.push(user, view)),
  'views.update': update,
  'views.publish': publish,
}
