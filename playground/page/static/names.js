/** Names of people, channels and user groups, from the newest picture. */
const names = { user: new Map(), channel: new Map(), usergroup: new Map() }

export function learnNames(picture) {
  for (const { id, name } of picture.people) names.user.set(id, name)
  for (const { id, handle } of picture.usergroups) names.usergroup.set(id, handle)
  for (const { id, name } of picture.me.channels) names.channel.set(id, name)
  names.user.set(picture.bot.userId, 'Lifeguard')
}

export const nameOf = (kind, id) => names[kind].get(id) ?? id

/** People as options of a user select. */
export const everybody = () => [...names.user].map(([id, name]) => ({ value: id, label: name }))
