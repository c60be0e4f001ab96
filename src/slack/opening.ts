import type { types } from '@slack/bolt'
import type { Desk } from './desk.ts'
import type { ButtonPress } from './payloads.ts'
import { slackFault } from './slack-fault.ts'

/** What a person just did that allows a view to be opened, once and within three seconds. */
export interface Occasion {
  readonly trigger: string
  readonly person: string
  /** Where they are, if in a channel. */
  readonly channel: string | undefined
  /** They are in a modal: the view goes on top of it. */
  readonly inModal: boolean
}

export function occasionOf({ trigger_id, user, channel, view }: ButtonPress): Occasion {
  return {
    trigger: trigger_id,
    person: user.id,
    channel: channel?.id,
    inModal: view?.type === 'modal',
  }
}

/** The id of the view that was opened; undefined when Slack would not, and then the person is told. */
export async function open(
  { client, report }: Desk,
  { trigger, person, channel, inModal }: Occasion,
  view: types.ModalView,
): Promise<string | undefined> {
  try {
    return await (inModal ? client.push(trigger, view) : client.open(trigger, view))
  } catch (error) {
    const { code, sentence } = slackFault(error)
    const words = `Slack did not open the form (${code}). ${sentence}`
    await client.tell(person, channel, words).catch(report)
    return undefined
  }
}
