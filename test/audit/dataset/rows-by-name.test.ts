import { posix } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageKey } from '../../../src/audit/dataset/image-key.js'
import { rowFinder, rowsByName } from '../../../src/audit/dataset/rows-by-name.js'

const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', 'é', '\0', ' '), maxLength: 6 })

describe('imageKey', () => {
  it('is the normalised path, also where nothing has to be done', () =>
    fc.assert(
      fc.property(name, (text) => imageKey(text) === posix.normalize(text.normalize('NFC'))),
      { numRuns: 2000 },
    ))
})

describe('rowFinder', () => {
  const same = (images: readonly string[], asked: readonly string[], distinct: boolean): void => {
    const find = rowFinder({ images, ...(distinct ? { distinctNames: true } : {}) })
    const index = rowsByName(images)
    expect(asked.map(find)).toEqual(asked.map((one) => index.get(imageKey(one))))
  }

  it('finds the row that an index of all names finds, in whatever order names come', () =>
    fc.assert(
      fc.property(fc.uniqueArray(name, { selector: imageKey }), fc.array(name), fc.nat(), (images, others, from) => {
        const inOrder = [...images.slice(from % (images.length + 1)), ...images]
        same(images, [...inOrder, ...others, ...inOrder.flatMap((one) => [one, one])], true)
      }),
    ))

  it('gives the first row of a name that stands twice', () => {
    same(['a', 'a', 'b'], ['a', 'a', 'b', './a'], false)
  })
})
