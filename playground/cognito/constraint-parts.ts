import { integer, structure, text } from './shapes.ts'

/** What several requests have in common: the names of things, and how lists are paged. */
const name = { min: 1, max: 128, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }

export const UserPoolId = text({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` })
export const Username = text({ ...name, sensitive: true })
export const GroupName = text(name)
export const SearchToken = text({ min: 1, pattern: String.raw`[\S]+` })
export const PageToken = text({ min: 1, max: 131_072, pattern: String.raw`[\S]+` })
export const Limit = integer(0, 60)

export const AttributeName = text({
  min: 1,
  max: 32,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`,
})

/** A request about one user and nothing else. */
export const oneUser = structure({ UserPoolId, Username })
