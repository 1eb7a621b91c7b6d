import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from '../../../src/audit/dataset/nearest.js'

const RACES = ['White', 'Black', 'Latino_Hispanic', 'East Asian', 'Southeast Asian', 'Indian', 'Middle Eastern']

describe('nearest', () => {
  it.each([
    ['black ', 'Black'],
    ['Blak', 'Black'],
    ['latino_hispanic', 'Latino_Hispanic'],
    ['Latino', 'Latino_Hispanic'],
    ['Inidan', 'Indian'],
    ['Hispanic', 'Latino_Hispanic'],
    ['east-asian', 'East Asian'],
    ['Midle Eastern', 'Middle Eastern'],
  ])('finds what %j most likely means', (word, meant) => expect(nearest(word, RACES)).toBe(meant))

  it.each(['xyz', '', '   ', '1'])('suggests nothing for %j', (word) => expect(nearest(word, RACES)).toBeNull())

  it('does not compare very long words letter by letter', () => expect(nearest('x'.repeat(1e6), RACES)).toBeNull())
})

describe('didYouMean', () => {
  it('is a question that can stand at the end of a message', () =>
    expect(didYouMean('Blak', RACES)).toBe('Did you mean "Black"?'))
})
