import { record } from '../json.ts'
import {
  byType,
  type Check,
  flag,
  listOf,
  matching,
  may,
  need,
  oneOf,
  shape,
  text,
} from './checks.ts'
import { limits } from './limits.ts'

const textTypes = ['plain_text', 'mrkdwn']

export const id = text(limits.id)
export const url = matching(/^(https?|slack):\/\/\S{1,2990}$/u, 'a URL')

const plain = (max: number) => shape({ text: need(text(max)), emoji: may(flag) })
const marked = (max: number) => shape({ text: need(text(max)), verbatim: may(flag) })

export const plainText = (max: number): Check => byType({ plain_text: plain(max) }, textTypes)
export const mrkdwn = (max: number): Check => byType({ mrkdwn: marked(max) }, textTypes)
export const anyText = (max: number): Check =>
  byType({ plain_text: plain(max), mrkdwn: marked(max) }, textTypes)

export const colour = oneOf('primary', 'danger')

export const confirm = shape({
  title: may(plainText(limits.confirmTitle)),
  text: need(anyText(limits.confirmText)),
  confirm: may(plainText(limits.confirmButton)),
  deny: may(plainText(limits.confirmButton)),
  style: may(colour),
})

const optionOf = (label: (max: number) => Check, withUrl: boolean): Check =>
  shape({
    text: need(label(limits.optionText)),
    value: need(text(limits.optionValue)),
    description: may(label(limits.optionDescription)),
    ...(withUrl ? { url: may(url) } : {}),
  })

/** Of selects: plain text. */
export const option = optionOf(plainText, false)
/** Of overflow menus: may lead to a URL. */
export const overflowOption = optionOf(plainText, true)
/** Of checkboxes and radio buttons: mrkdwn is allowed. */
export const choice = optionOf(anyText, false)

export const optionGroup = shape({
  label: need(plainText(limits.optionText)),
  options: need(listOf(option, limits.selectOptions)),
})

export const dispatchActionConfig = shape({
  trigger_actions_on: may(listOf(oneOf('on_enter_pressed', 'on_character_entered'), 2)),
})

export const conversationFilter = shape({
  include: may(listOf(oneOf('im', 'mpim', 'private', 'public'), 4)),
  exclude_external_shared_channels: may(flag),
  exclude_bot_users: may(flag),
})

const slackFile = shape({ url: may(url), id: may(text(limits.id)) }, (value, at, report) => {
  if ((value['url'] === undefined) === (value['id'] === undefined))
    report(at, 'failed_constraint', 'needs exactly one of url and id')
})

/** Members shared by the image block and the image element. */
export const imageSource = {
  image_url: may(url),
  slack_file: may(slackFile),
  alt_text: need(text(limits.altText)),
}

export const oneImageSource: Check = (value, at, report) => {
  const image = record(value)
  if ((image['image_url'] === undefined) === (image['slack_file'] === undefined))
    report(at, 'failed_constraint', 'needs exactly one of image_url and slack_file')
}

export const image = shape(imageSource, oneImageSource)
