import type { Person } from '../../src/core/person.ts'

const HOME = 'T0123'

export function member(id: string, about: Partial<Person> = {}): Person {
  return {
    id,
    team: HOME,
    name: id.toLowerCase(),
    email: undefined,
    guest: false,
    external: false,
    deactivated: false,
    bot: false,
    ...about,
  }
}
