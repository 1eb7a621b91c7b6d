import { describe, expect, it } from 'vitest'
import { settingsFromFlags, type PlanFlags } from '../../../src/audit/definitions/plan-flags.js'
import { DATASET_FORMATS } from '../../../src/audit/definitions/plan-words.js'
import { oneOf } from '../../../src/audit/definitions/words.js'
import { DefinitionError } from '../../../src/audit/errors.js'

const folder = { path: '/work', shown: '' }
const read = (flags: PlanFlags) => settingsFromFlags(flags, folder)
const refusal = (flags: PlanFlags): string => new DefinitionError('x', read(flags).faults).message

describe('flags', () => {
  it('name columns by attribute=column, at the first equals sign', () => {
    expect(read({ map: ['race=ethnic group', 'image=a=b'] }).settings.map).toEqual([
      { attribute: 'race', column: 'ethnic group' },
      { attribute: 'image', column: 'a=b' },
    ])
  })

  it('keep rows by one or several values; the same attribute twice keeps both', () => {
    expect(read({ where: ['race=Black,White', 'age=more than 70', 'race=Indian'] }).settings.where).toEqual([
      { attribute: 'race', values: ['Black', 'White', 'Indian'] },
      { attribute: 'age', values: ['more than 70'] },
    ])
  })

  it('name the reference by a word or by a group', () => {
    const reference = (text: string) => read({ reference: text }).settings.reference?.value
    expect(['rest', 'overall', 'best'].map(reference)).toEqual([
      { kind: 'rest' },
      { kind: 'overall' },
      { kind: 'best' },
    ])
    expect(reference('race=White,gender=Male')).toEqual({
      kind: 'named',
      group: [
        ['race', 'White'],
        ['gender', 'Male'],
      ],
    })
  })

  it.each<readonly [PlanFlags, string]>([
    [
      { dataset: 'fairfase' },
      `--dataset: expected ${oneOf(DATASET_FORMATS)} but received "fairfase". Did you mean "fairface"?`,
    ],
    [{ map: ['race'] }, '--map: expected attribute=column, such as race=ethnicity but received "race"'],
    [{ map: ['=race'] }, '--map: expected attribute=column, such as race=ethnicity but received "=race"'],
    [{ map: ['race='] }, '--map: expected attribute=column, such as race=ethnicity but received "race="'],
    [
      { where: ['race'] },
      '--where: expected attribute=value or attribute=value,value, such as race=Black,White but received "race"',
    ],
    [
      { where: ['race=a,,b'] },
      '--where: expected attribute=value or attribute=value,value, such as race=Black,White but received "race=a,,b"',
    ],
    [
      { reference: 'White' },
      '--reference: expected rest, overall, best or a group such as race=White or race=White,gender=Male but received "White"',
    ],
    [
      { reference: 'rset' },
      '--reference: expected rest, overall, best or a group such as race=White or race=White,gender=Male but received "rset". Did you mean "rest"?',
    ],
    [
      { reference: 'race=a,race=b' },
      '--reference: expected rest, overall, best or a group such as race=White or race=White,gender=Male but received "race=a,race=b"',
    ],
    [{ seed: '-1' }, '--seed: expected a whole number from 0 to 4294967295 but received "-1"'],
    [{ seed: '4294967296' }, '--seed: expected a whole number from 0 to 4294967295 but received "4294967296"'],
    [{ seed: '1e3' }, '--seed: expected a whole number from 0 to 4294967295 but received "1e3"'],
    [{ failOn: ['disparty'] }, '--fail-on: expected disparity but received "disparty". Did you mean "disparity"?'],
    [{ logitScale: '0' }, '--logit-scale: expected a number above 0, at most 10000 but received "0"'],
    [{ logitBias: 'minus ten' }, '--logit-bias: expected a number such as -12.9, at most 10000 from 0 but received "minus ten"'], // prettier-ignore
    [{ dtype: 'fp-16' }, '--dtype: expected fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4, q2, q2f16, q1 or q1f16; vision=fp16,text=fp32 where the encoders differ; auto to have it chosen but received "fp-16". Did you mean "fp16"?'], // prettier-ignore
    [{ dtype: 'vision=fp16,text=q9' }, '--dtype: expected fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4, q2, q2f16, q1 or q1f16; vision=fp16,text=fp32 where the encoders differ; auto to have it chosen but received "vision=fp16,text=q9"'], // prettier-ignore
    [{ logitScale: '1e2' }, '--logit-scale: expected a number above 0, at most 10000 but received "1e2"'],
    [{ resize: 'slow' }, '--resize: expected exact or fast but received "slow"'],
    [{ unknownValues: 'kep' }, '--unknown-values: expected refuse or keep but received "kep". Did you mean "keep"?'],
  ])('%j are refused with what was expected', (flags, message) => {
    expect(refusal(flags)).toBe(`command line: ${message}`)
  })

  it('report all faults together', () => {
    expect(read({ dataset: 'x', seed: 'x', map: ['x', 'y'] }).faults).toHaveLength(4)
  })
})
