import { describe, expect, it } from 'vitest'
import { decideBlock, digestIn } from '../../src/slack/ids.ts'

const DIGEST = 'abcdef012345'.padEnd(64, '9')

describe('the block of the buttons that decide', () => {
  it('carries the first twelve digits of the digest, whichever block of the view it is', () => {
    expect(decideBlock(DIGEST)).toBe('decide/abcdef012345')
    expect(decideBlock(DIGEST, 7)).toBe('decide/abcdef012345/7')
    expect(digestIn(decideBlock(DIGEST))).toBe('abcdef012345')
    expect(digestIn(decideBlock(DIGEST, 99))).toBe('abcdef012345')
  })

  it.each(['', 'decide/', 'decide/abcdef01234', 'decide/abcdef0123456', 'x/abcdef012345'])(
    'is not %j',
    (blockId) => {
      expect(digestIn(blockId)).toBeUndefined()
    },
  )
})
