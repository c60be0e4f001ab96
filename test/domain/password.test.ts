import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type * as generatePassword from 'generate-password'
import type { PasswordPolicy } from '../../src/core/directory.ts'

const stub = vi.hoisted(() => ({ password: undefined as string | undefined }))
vi.mock('generate-password', async (original) => {
  const real = await original<typeof generatePassword>()
  return {
    ...real,
    generate: (options: Parameters<typeof real.generate>[0]) =>
      stub.password ?? real.generate(options),
  }
})
// Another file may have loaded it in this worker, with the real generator.
vi.resetModules()
const { passwordFaults, SYMBOLS, temporaryPassword } = await import('../../src/domain/password.ts')

afterEach(() => {
  stub.password = undefined
})

const ALPHABET = /^[abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ2-9!#$%+=?@]+$/

const flags = [true, false]
const subsets: readonly PasswordPolicy[] = flags.flatMap((RequireUppercase) =>
  flags.flatMap((RequireLowercase) =>
    flags.flatMap((RequireNumbers) =>
      flags.map((RequireSymbols) => ({
        RequireUppercase,
        RequireLowercase,
        RequireNumbers,
        RequireSymbols,
      })),
    ),
  ),
)

/** Written apart from the product's own check. */
function conforms(password: string, policy: PasswordPolicy): boolean {
  const any = (characters: string) => Array.from(password).some((one) => characters.includes(one))
  return (
    (!policy.RequireUppercase || any('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) &&
    (!policy.RequireLowercase || any('abcdefghijklmnopqrstuvwxyz')) &&
    (!policy.RequireNumbers || any('0123456789')) &&
    (!policy.RequireSymbols || any('^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+-'))
  )
}

describe('a generated password', () => {
  it('fits every policy that Cognito allows, at its exact length', () => {
    for (let MinimumLength = 6; MinimumLength <= 99; MinimumLength++)
      for (const subset of subsets) {
        const policy = { ...subset, MinimumLength }
        for (let draw = 0; draw < 20; draw++) {
          const password = temporaryPassword(policy, 16).reveal()
          const fits =
            conforms(password, policy) &&
            passwordFaults(password, policy).length === 0 &&
            password.length === Math.max(MinimumLength, 16) &&
            ALPHABET.test(password)
          if (!fits) expect.fail(`a password breaks ${JSON.stringify(policy)}`)
        }
      }
  })

  it('is as long as asked for when the pool asks for less', () => {
    expect(temporaryPassword({ MinimumLength: 8 }, 22).reveal()).toHaveLength(22)
    expect(temporaryPassword({ MinimumLength: 40 }, 22).reveal()).toHaveLength(40)
  })

  it('has all four classes when the policy names nothing', () => {
    const password = temporaryPassword({}, 1).reveal()
    expect(password).toHaveLength(8)
    expect(passwordFaults(password, {})).toEqual([])
  })

  it('never comes twice', () => {
    const drawn = Array.from({ length: 500 }, () => temporaryPassword({}, 16).reveal())
    expect(new Set(drawn).size).toBe(500)
  })

  it('uses every one of its 62 characters and no other', () => {
    const text = Array.from({ length: 300 }, () => temporaryPassword({}, 99).reveal()).join('')
    expect(new Set(text).size).toBe(62)
    expect(text).toMatch(ALPHABET)
  })

  it('leaves the caller’s policy as it was', () => {
    const policy = Object.freeze({ MinimumLength: 10 })
    temporaryPassword(policy, 22)
    expect(policy).toEqual({ MinimumLength: 10 })
  })

  it('prints as [secret]', () => {
    const secret = temporaryPassword({}, 22)
    expect(`${String(secret)} ${JSON.stringify({ secret })}`).toBe('[secret] {"secret":"[secret]"}')
  })

  it('that does not fit is never handed out, and the error holds none of it', () => {
    stub.password = 'canary-without-capitals'
    expect(() => temporaryPassword({}, 22)).toThrow(
      'A generated password does not fit the pool: has no upper-case letter',
    )
    try {
      temporaryPassword({}, 22)
    } catch (error) {
      expect(String(error instanceof Error ? error.stack : error)).not.toContain('canary')
    }
  })

  it('is made with symbols that generate-password reads as themselves', () => {
    expect(SYMBOLS).not.toMatch(/[\]\\^-]/)
    expect(readFileSync('src/domain/password.ts', 'utf8')).toContain(`'${SYMBOLS}'`)
  })
})

const long = (length: number) => 'aA1!'.padEnd(length, 'x')

describe('the check of a password', () => {
  const strict: PasswordPolicy = {
    MinimumLength: 10,
    RequireUppercase: true,
    RequireLowercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
  }

  it.each([
    ['one character short', long(9), ['shorter than 10 characters']],
    ['just long enough', long(10), []],
    ['as long as Cognito takes', long(256), []],
    ['too long for Cognito', long(257), ['longer than 256 characters']],
    ['without lower case', 'AAAA1111!!', ['has no lower-case letter']],
    ['without upper case', 'aaaa1111!!', ['has no upper-case letter']],
    ['without digits', 'aaaaAAAA!!', ['has no digit']],
    ['without symbols', 'aaaaAAAA11', ['has no symbol']],
    ['with a space', 'aaAA11!! xx', ['has white space']],
    ['with a no-break space', 'aaAA11!!\u00A0xx', ['has white space']],
    ['with an accent for its only capital', 'aaaaÉ111!!', ['has no upper-case letter']],
    ['with a symbol Cognito does not count', 'aaAA1111€€', ['has no symbol']],
    ['counted by what a person sees', 'aA1!😀😀😀', ['shorter than 10 characters']],
  ])('%s', (_case, password, faults) => {
    expect(passwordFaults(password, strict)).toEqual(faults)
  })

  it('counts each special character that Cognito counts', () => {
    for (const symbol of '^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+-')
      expect(passwordFaults(`aaAA1111x${symbol}`, strict)).toEqual([])
  })

  it('asks for whatever the policy does not mention, and for nothing it rules out', () => {
    expect(passwordFaults('aaaaaaaa', {})).toHaveLength(3)
    expect(passwordFaults('aaaaaaaa', { ...subsets.at(-1) })).toEqual([])
    expect(passwordFaults('aaaaaaa', { ...subsets.at(-1) })).toEqual(['shorter than 8 characters'])
  })

  it('agrees with a plain reading of the rules on any text', () => {
    const text = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(text, fc.constantFrom(...subsets), (password, policy) => {
        const fine = conforms(password, policy) && !password.includes(' ')
        expect(passwordFaults(password, policy).length === 0).toBe(fine)
      }),
    )
  })
})
