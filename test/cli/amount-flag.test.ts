import { describe, expect, it } from 'vitest'
import { amountFlag } from '../../src/cli/amount-flag.js'

describe('amountFlag', () => {
  it('takes amounts with and without decimals', () => {
    expect(['0', '3', '1.20'].map((text) => amountFlag('--price', text))).toEqual([0, 3, 1.2])
  })

  it.each(['', '-1', '1,20', '1e3', '$2', 'NaN', `${'9'.repeat(400)}`])('refuses "%s"', (text) => {
    expect(() => amountFlag('--price', text)).toThrow(
      '--price: expected an amount such as 1.20, 0 or more but received',
    )
  })
})
