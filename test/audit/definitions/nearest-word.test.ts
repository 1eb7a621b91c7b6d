import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, nearestWord } from '../../../src/audit/definitions/nearest-word.js'

describe('nearestWord', () => {
  it('finds a word with a letter missing, added, changed or swapped', () => {
    const words = ['thresholds', 'templates', 'labels']
    expect(['tresholds', 'templatess', 'lobels', 'lables'].map((word) => nearestWord(word, words))).toEqual([
      'thresholds',
      'templates',
      'labels',
      'labels',
    ])
  })

  it('ignores upper and lower case', () => {
    expect(nearestWord('FAIRFACE', ['fairface', 'csv'])).toBe('fairface')
  })

  it('is silent when nothing is near', () => {
    expect(nearestWord('purpose', ['models', 'dataset'])).toBeNull()
    expect(nearestWord('x', [])).toBeNull()
  })

  it('finds every allowed word itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), {
          minLength: 1,
          selector: (word) => word.toLowerCase(),
        }),
        (words) => {
          for (const word of words) expect(nearestWord(word, words)?.toLowerCase()).toBe(word.toLowerCase())
        },
      ),
    )
  })

  it('does not compare words of unreasonable length', () => {
    expect(nearestWord('a'.repeat(100_000), ['b'.repeat(100_000)])).toBeNull()
  })
})

const RACES = ['White', 'Black', 'Latino_Hispanic', 'East Asian', 'Southeast Asian', 'Indian', 'Middle Eastern']

describe('nearestWord over the values of a dataset', () => {
  it.each([
    ['black ', 'Black'],
    ['Blak', 'Black'],
    ['latino_hispanic', 'Latino_Hispanic'],
    ['Latino', 'Latino_Hispanic'],
    ['Inidan', 'Indian'],
    ['Hispanic', 'Latino_Hispanic'],
    ['east-asian', 'East Asian'],
    ['Midle Eastern', 'Middle Eastern'],
  ])('finds what %j most likely means', (word, meant) => expect(nearestWord(word, RACES)).toBe(meant))

  it.each(['xyz', '', '   ', '1'])('suggests nothing for %j', (word) => expect(nearestWord(word, RACES)).toBeNull())

  it('does not compare very long words letter by letter', () => expect(nearestWord('x'.repeat(1e6), RACES)).toBeNull())
})

describe('didYouMean', () => {
  it('is a question that can stand at the end of a message', () =>
    expect(didYouMean('Blak', RACES)).toBe('Did you mean "Black"?'))

  it('never prints the control characters of a name from a file', () => {
    expect(didYouMean('race', ['race\u001b[2J'])).toBe('Did you mean "race\\u001b[2J"?')
  })
})
