import { describe, expect, it } from 'vitest'
import { upTo4096OrAuto, wholeFlag } from '../../src/cli/whole-flag.js'

describe('wholeFlag', () => {
  it('takes whole numbers from the least on', () => {
    expect(['0', '7', '20260101'].map((text) => wholeFlag('--seed', text))).toEqual([0, 7, 20_260_101])
    expect(wholeFlag('--audits', '20', 20)).toBe(20)
  })

  it.each(['', ' 1', '-1', '1.5', '1e3', 'NaN', '99999999999999999999'])('refuses "%s"', (text) => {
    expect(() => wholeFlag('--seed', text)).toThrow(
      /^command line: --seed: expected a whole number, 0 or more but received/,
    )
  })

  it('names the least that is taken', () => {
    expect(() => wholeFlag('--audits', '19', 20)).toThrow(
      '--audits: expected a whole number, 20 or more but received "19"',
    )
  })

  it('names the most that is taken, and of what', () => {
    const megabytes = (text: string): number =>
      wholeFlag('--isolate-memory', text, 256, { most: 1024, of: ' of megabytes' })
    expect(megabytes('1024')).toBe(1024)
    expect(() => megabytes('1025')).toThrow('expected a whole number of megabytes from 256 to 1024 but received "1025"')
  })
})

describe('upTo4096OrAuto', () => {
  it('takes a number, the word auto, or nothing', () => {
    expect(['1', '4096', 'auto', undefined].map((text) => upTo4096OrAuto('--batch', text))).toEqual([1, 4096, 'auto', undefined]) // prettier-ignore
  })

  it.each(['0', '4097', 'fast', 'AUTO', ''])('refuses "%s", with what it takes', (text) => {
    expect(() => upTo4096OrAuto('--batch', text)).toThrow(
      `command line: --batch: expected a whole number from 1 to 4096, or auto but received "${text}"`,
    )
  })
})
