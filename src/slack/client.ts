import type { types } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { slackFault } from './slack-fault.ts'

/** The few calls that stand between a person and their answer. */
export interface Client {
  /** Gives the view's id. */
  open(triggerId: string, view: types.ModalView): Promise<string>
  /** False: the person has closed it. */
  update(viewId: string, view: types.ModalView): Promise<boolean>
  /** Words for one person: where they typed if the bot may speak there, else as a direct message. */
  tell(person: string, channel: string, text: string): Promise<void>
}

export function createClient(web: WebClient): Client {
  return {
    async open(trigger_id, view) {
      const { view: opened } = await web.views.open({ trigger_id, view })
      return opened?.id ?? ''
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
    async tell(user, channel, text) {
      try {
        await web.chat.postEphemeral({ user, channel, text, parse: 'none' })
      } catch {
        await web.chat.postMessage({
          channel: user,
          text,
          parse: 'none',
          unfurl_links: false,
          unfurl_media: false,
        })
      }
    },
  }
}
