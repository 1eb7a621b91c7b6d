import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../../src/audit/report/locale.js'
import { numberWords } from '../../../../src/audit/report/numbers.js'
import { dtypeLines } from '../../../../src/audit/report/view/dtype-lines.js'
import { DTYPE_REASONS } from '../../../../src/audit/types/dtype-choice.js'
import type { DtypeChoice } from '../../../../src/audit/types/dtype-choice.js'

const CHOICE: DtypeChoice = {
  taken: 'int8',
  reason: 'few-moved',
  there: ['fp32', 'q8', 'int8'],
  images: 256,
  mostMoved: 0.05,
  alpha: 0.05,
  trials: [
    { dtype: 'q8', kind: 'refused', code: 'model.nonfinite' },
    { dtype: 'int8', kind: 'compared', labelSets: [{ labelSet: 'two', moved: 3, toAnotherOutcome: 1, interval: [0.004, 0.034] }] }, // prettier-ignore
  ],
}
const lines = (choice: DtypeChoice | undefined, id = 'en'): string[] => {
  const locale = readLocale(id)
  return dtypeLines(choice, { locale, numbers: numberWords(locale) })
}

describe('dtypeLines', () => {
  it('say what was taken and how many decisions each precision moved', () => {
    expect(lines(CHOICE)).toEqual([
      'Precision left open (auto), int8 taken: of 256 images drawn as a sample, few are decided otherwise than in fp32. At most 5% may be, at the upper end of a 95% interval, under every label set',
      'q8: could not be used (model.nonfinite)',
      'int8, two: 3 of 256 images decided otherwise (95% interval 0.4–3.4%), 1 of them in another outcome category',
    ])
  })

  it('are none where the precision was named', () => {
    expect(lines(undefined)).toEqual([])
  })

  it.each(DTYPE_REASONS)('have words for %s in every language', (reason) => {
    for (const id of ['en', 'ko']) {
      const said = DTYPE_REASONS.map((each) => lines({ ...CHOICE, reason: each }, id)[0])
      expect(said.filter((line) => line === lines({ ...CHOICE, reason }, id)[0])).toHaveLength(1)
    }
  })

  it('say why nothing else could be taken', () => {
    const why = (reason: DtypeChoice['reason'], images: number): string =>
      lines({ ...CHOICE, taken: 'fp32', reason, images, trials: [] })[0]
    expect(why('all-refused', 256)).toBe(
      'Precision left open (auto), fp32 taken: none of the others that were tried could be used',
    )
    expect(why('too-few-images', 60)).toBe(
      'Precision left open (auto), fp32 taken: fp32 decides 60 images of the sample, too few to show that at most 5% are decided otherwise in another, at the upper end of a 95% interval',
    )
  })
})
