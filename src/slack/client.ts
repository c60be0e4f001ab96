import type { types } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { QUIET } from './posting.ts'
import { slackFault } from './slack-fault.ts'
import { escaped } from './text.ts'

/** The few calls that stand between a person and their answer. */
export interface Client {
  /** Gives the view's id. */
  open(triggerId: string, view: types.ModalView): Promise<string>
  /** The same, on top of the modal that the click came from. */
  push(triggerId: string, view: types.ModalView): Promise<string>
  /** False: the person has closed it. */
  update(viewId: string, view: types.ModalView): Promise<boolean>
  /** Shows a person's home. */
  publish(person: string, view: types.HomeView): Promise<void>
  /** Words for one person: in the channel they are in if the bot may speak there, else as a direct message. */
  tell(person: string, channel: string | undefined, text: string): Promise<void>
}

export function createClient(web: WebClient): Client {
  return {
    async open(trigger_id, view) {
      const { view: opened } = await web.views.open({ trigger_id, view })
      return opened?.id ?? ''
    },
    async push(trigger_id, view) {
      const { view: pushed } = await web.views.push({ trigger_id, view })
      return pushed?.id ?? ''
    },
    async update(view_id, view) {
      try {
        await web.views.update({ view_id, view })
        return true
      } catch (error) {
        if (slackFault(error).code === 'not_found') return false
        throw error
      }
    },
    async publish(user_id, view) {
      await web.views.publish({ user_id, view })
    },
    async tell(user, channel, words) {
      const text = escaped(words)
      try {
        if (channel === undefined) throw new Error('There is no channel to speak in.')
        await web.chat.postEphemeral({ user, channel, text, parse: 'none' })
      } catch {
        await web.chat.postMessage({ channel: user, text, ...QUIET })
      }
    },
  }
}
