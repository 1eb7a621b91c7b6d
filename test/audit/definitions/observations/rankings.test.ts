import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type { captionAssociationObserved } from '../../../../src/audit/definitions/observations/caption-association.js'
import { retrievalSkewObserved } from '../../../../src/audit/definitions/observations/retrieval-skew.js'
import type { CaptionAssociationObserved } from '../../../../src/audit/types/observed/caption-association.js'
import type { RetrievalObserved } from '../../../../src/audit/types/observed/retrieval-skew.js'

type Mutable<Value> = { -readonly [Key in keyof Value]: Mutable<Value[Key]> }

describe('what measures of rankings observe', () => {
  it('has one shape in the schema and in the types', () => {
    expectTypeOf<z.output<typeof retrievalSkewObserved>>().toExtend<RetrievalObserved>()
    expectTypeOf<Mutable<RetrievalObserved>>().toExtend<z.input<typeof retrievalSkewObserved>>()
    expectTypeOf<z.output<typeof captionAssociationObserved>>().toExtend<CaptionAssociationObserved>()
    expectTypeOf<Mutable<CaptionAssociationObserved>>().toExtend<z.input<typeof captionAssociationObserved>>()
  })

  it('reads a ranking as whole numbers, and as nothing else', () => {
    const query = (ranked: string): unknown => ({
      kind: 'retrieval-skew',
      probe: 'p',
      evidence: 'e1',
      labelSet: 's',
      groupBy: ['gender'],
      groups: [[['gender', 'Male']]],
      images: [3],
      queries: [{ query: 'man', ranked, ties: [[1, 0, 0]] }],
      together: [],
    })
    for (const sound of ['', '0', '0 1 12']) expect(retrievalSkewObserved.safeParse(query(sound)).success).toBe(true)
    for (const wrong of [' 0', '0  1', '-1', '0 NaN'])
      expect(retrievalSkewObserved.safeParse(query(wrong)).success).toBe(false)
  })
})
