import { describe, expect, it } from 'vitest'
import { labelId } from '../../../src/audit/definitions/label-id.js'

describe('labelId', () => {
  it.each([
    ['a suspicious person', 'suspicious-person'],
    ['An East Asian man', 'east-asian-man'],
    ['a person aged 3 to 9', 'person-aged-3-to-9'],
    ['사람', '사람'],
    ['???', 'label'],
    ['animal', 'animal'],
  ])('names %j %s', (text, id) => {
    expect(labelId(text, [])).toBe(id)
  })

  it('adds a number to a name that is taken, in any case', () => {
    expect(labelId('the thief', ['Thief', 'thief-2'])).toBe('thief-3')
  })
})
