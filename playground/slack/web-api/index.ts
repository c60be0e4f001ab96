import { appMethods } from './apps.ts'
import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import type { Method, Methods } from './method.ts'
import { userMethods } from './users.ts'
import { viewMethods } from './views.ts'

const methods: Methods = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...userMethods,
  ...viewMethods,
}

export const methodNamed = (name: string): Method | undefined =>
  Object.hasOwn(methods, name) ? methods[name] : undefined
