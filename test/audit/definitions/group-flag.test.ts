import { describe, expect, it } from 'vitest'
import { readGroupFlags } from '../../../src/audit/definitions/group-flag.js'
import { refusalOf } from './refusal-of.js'

describe('--group', () => {
  it('is repeated or joined by commas, and a value may hold a comma or an equals sign', () => {
    expect(readGroupFlags(['race=Black', 'gender=Male'])).toEqual([['race', 'Black'], ['gender', 'Male']]) // prettier-ignore
    expect(readGroupFlags(['race=Black,gender=Male'])).toEqual([['race', 'Black'], ['gender', 'Male']]) // prettier-ignore
    expect(readGroupFlags(['race=Black, African,note=a=b'])).toEqual([['race', 'Black, African'], ['note', 'a=b']]) // prettier-ignore
    expect(readGroupFlags([])).toEqual([])
  })

  it('refuses what is no pair and an attribute named twice, all together', () => {
    const expected = 'expected attribute=value, such as race=Black or race=Black,gender=Male but received'
    expect(refusalOf(() => readGroupFlags(['Black', 'race=', '=x', 'age=1', 'age=2']))).toBe(
      [
        `command line: --group: ${expected} "Black"`,
        `command line: --group: ${expected} "race="`,
        `command line: --group: ${expected} "=x"`,
        'command line: --group: expected each attribute once but received "age=2"',
      ].join('\n'),
    )
  })
})
