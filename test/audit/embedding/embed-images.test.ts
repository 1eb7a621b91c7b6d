import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embedImages } from '../../../src/audit/embedding/embed-images.js'
import { datasetOf, fakeModel } from './fake-model.js'

const nothing = (): void => undefined

describe('embedImages', () => {
  it('divides each vector by its length and keeps the order of the rows', async () => {
    const { embeddings } = await embedImages(datasetOf(['3 4', '0 2', '-5 0']), fakeModel(), nothing)
    expect([...embeddings.rows]).toEqual([0, 1, 2])
    expect([...embeddings.vectors]).toEqual([0.6, 0.8, 0, 1, -1, 0].map(Math.fround))
  })

  it('quarantines an unreadable image with its reason, and gives the others their own vectors', async () => {
    const result = await embedImages(datasetOf(['1 0', 'bad', '0 1']), fakeModel(), nothing)
    expect([...result.embeddings.rows]).toEqual([0, 2])
    expect([...result.embeddings.vectors]).toEqual([1, 0, 0, 1])
    expect([...result.quarantined]).toEqual([
      [1, expect.objectContaining({ code: 'image.truncated', reason: 'the file ends early' })],
    ])
  })

  it.each([
    ['NaN 1', 'embed.nonfinite'],
    ['Infinity 1', 'embed.nonfinite'],
    ['0 0', 'embed.zero'],
  ])('quarantines an image whose vector is %s (measures.md C28)', async (vector, code) => {
    const { embeddings, quarantined } = await embedImages(datasetOf(['1 0', vector, '0 1']), fakeModel(), nothing)
    expect(quarantined.get(1)?.code).toBe(code)
    expect([...embeddings.rows]).toEqual([0, 2])
    expect([...embeddings.vectors]).toEqual([1, 0, 0, 1])
  })

  it('gives a very long and a very short vector a direction', async () => {
    const { embeddings } = await embedImages(datasetOf(['3e30 4e30', '3e-30 4e-30']), fakeModel(), nothing)
    for (const [index, value] of [0.6, 0.8, 0.6, 0.8].entries()) {
      expect(embeddings.vectors[index]).toBeCloseTo(value, 6) // float32 holds about seven digits
    }
  })

  it('does not open excluded images, nor those that are quarantined already', async () => {
    const dataset = {
      ...datasetOf([null, '! never', '1 0']),
      quarantined: new Map([[1, { code: 'file.missing', reason: '' }]]),
    }
    const { embeddings, quarantined, hashes } = await embedImages(dataset, fakeModel(), nothing)
    expect([...embeddings.rows]).toEqual([2])
    expect(quarantined.size).toBe(0)
    expect(hashes).toEqual([null, null, 'of 1 0'])
  })

  it('gives the model a batch at a time', async () => {
    const model = fakeModel({ batch: 3 })
    await embedImages(datasetOf(Array<string>(7).fill('1 0')), model, nothing)
    expect(model.runs).toEqual([3, 3, 1])
  })

  it('does not run the encoder on a batch of which nothing could be read', async () => {
    const model = fakeModel({ batch: 2 })
    const { quarantined } = await embedImages(datasetOf(['bad', 'bad', '1 0']), model, nothing)
    expect(model.runs).toEqual([1])
    expect(quarantined.size).toBe(2)
  })

  it('counts notes on images that could be read', async () => {
    const { flags } = await embedImages(datasetOf(['1 0 cmyk', '0 1 cmyk', '1 1']), fakeModel(), nothing)
    expect([...flags]).toEqual([['name-differs-from-content', 2]])
  })

  it('reports progress from nothing to all, with the failures so far', async () => {
    const seen: unknown[] = []
    await embedImages(datasetOf(['1 0', 'bad', '0 0', '1 1', '1 1']), fakeModel(), (progress) => seen.push(progress))
    expect(seen).toEqual([
      { done: 0, total: 5, failed: 0 },
      { done: 2, total: 5, failed: 1 },
      { done: 4, total: 5, failed: 2 },
      { done: 5, total: 5, failed: 2 },
    ])
  })

  it('makes nothing of a dataset without usable images', async () => {
    const { embeddings } = await embedImages(datasetOf([null, null]), fakeModel(), nothing)
    expect([embeddings.rows.length, embeddings.vectors.length]).toEqual([0, 0])
  })

  it('rejects once, with the first error, when the reader itself fails in batches that were read ahead', async () => {
    const dataset = datasetOf(['1 0', '1 0', '! one', '1 0', '! two', '1 0'])
    await expect(embedImages(dataset, fakeModel(), nothing)).rejects.toThrow('cannot read ! one')
  })

  it('loses no row: each usable one is embedded or quarantined, once', async () => {
    const word = fc.constantFrom('1 0', '0 1', 'bad', '0 0', 'NaN 0', null)
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (words, batch) => {
        const { embeddings, quarantined } = await embedImages(datasetOf(words), fakeModel({ batch }), nothing)
        const accounted = [...embeddings.rows, ...quarantined.keys()].sort((a, b) => a - b)
        expect(accounted).toEqual(words.flatMap((one, row) => (one === null ? [] : [row])))
      }),
    )
  })
})
