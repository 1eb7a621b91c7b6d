import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedBetweenModels, firstHashes, joinQuarantined, joinWarnings } from '../../src/audit/join-model-runs.js'
import type { Quarantine } from '../../src/audit/types/dataset.js'
import { FROM_MODEL } from '../support/stand-ins.js'

const run = (name: string, quarantined: readonly (readonly [number, Quarantine])[]) => ({
  model: { ...FROM_MODEL.models[0], name },
  quarantined: new Map(quarantined),
})
const CUT: Quarantine = { code: 'image.truncated', reason: 'cut' }
const NONFINITE: Quarantine = { code: 'embed.nonfinite', reason: 'not finite' }

describe('images that some model could not take', () => {
  it('are out for all; what is wrong with a vector names its model, what is wrong with a file does not', () => {
    const joined = joinQuarantined([run('a', [[1, CUT]]), run('b', [[1, CUT], [4, NONFINITE]])], []) // prettier-ignore
    expect([...joined]).toEqual([
      [1, CUT],
      [4, { code: 'embed.nonfinite', reason: 'not finite (model b)' }],
    ])
  })

  it('are said as they are where there is one model', () => {
    expect(joinQuarantined([run('a', [[4, NONFINITE]])], []).get(4)).toEqual(NONFINITE)
  })

  it('are the union, whatever the order of the models', () => {
    const rows = fc.uniqueArray(fc.nat(30))
    fc.assert(
      fc.property(rows, rows, rows, (a, b, changed) => {
        const of = (name: string, own: readonly number[]) => run(name, own.map((row) => [row, CUT] as const)) // prettier-ignore
        const joined = joinQuarantined([of('a', a), of('b', b)], changed)
        expect(new Set(joined.keys())).toEqual(new Set([...a, ...b, ...changed]))
      }),
    )
  })
})

describe('image files that change between two models', () => {
  const first = { hashes: ['x', null, 'y', null] }
  const second = { hashes: ['x', 'z', 'other', null] }

  it('are found, and count as changed; the first hash stands', () => {
    const hashes = firstHashes([first, second])
    expect(hashes).toEqual(['x', 'z', 'y', null])
    expect(changedBetweenModels([first, second], hashes ?? [])).toEqual([2])
    expect(joinQuarantined([run('a', []), run('b', [])], [2]).get(2)?.code).toBe('file.changed')
  })

  it('have no hash where no model looks at them', () => {
    expect(firstHashes([])).toBeNull()
  })
})

it('says a note on images once, though every model has it', () => {
  const cmyk = { code: 'image.cmyk', count: 3, message: '3 images are CMYK' }
  const alpha = { code: 'image.alpha-dropped', count: 1, message: '1 image had transparency' }
  expect(joinWarnings([{ warnings: [cmyk] }, { warnings: [alpha, cmyk] }])).toEqual([alpha, cmyk])
})

it('says what is said of a model for every model', () => {
  const of = (name: string) => ({ code: 'model.dtypes-differ', count: 1, message: `the encoders of ${name} differ` })
  expect(joinWarnings([{ warnings: [of('a')] }, { warnings: [of('b')] }])).toEqual([of('a'), of('b')])
})
