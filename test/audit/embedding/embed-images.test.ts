import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embedImages } from '../../../src/audit/embedding/embed-images.js'
import type { EmbeddedImages } from '../../../src/audit/embedding/embed-images.js'
import { Interrupted } from '../../../src/audit/errors.js'
import { hexKeys } from '../../../src/audit/store/keys.js'
import { memorySpace } from '../../../src/audit/store/memory-space.js'
import type { VectorSpace } from '../../../src/audit/store/vector-space.js'
import { datasetOf, deskOf, fakeModel, sha256 } from './fake-model.js'

const vectorsOf = async ({ embeddings }: EmbeddedImages): Promise<number[]> => [
  ...(await embeddings.read(0, embeddings.rows.length)),
]

describe('embedImages', () => {
  it('gives vectors divided by their length, in the order of the rows', async () => {
    const images = await embedImages(datasetOf(['3 4', '0 2', '-5 0']), fakeModel(), deskOf())
    expect([...images.embeddings.rows]).toEqual([0, 1, 2])
    expect(await vectorsOf(images)).toEqual([0.6, 0.8, 0, 1, -1, 0].map(Math.fround))
    expect([...(await images.embeddings.read(1, 2))]).toEqual([0, 1])
  })

  it('gives the vectors as the encoder made them to whoever asks for these', async () => {
    const { embeddings } = await embedImages(datasetOf(['3 4', '0 2', '-5 0']), fakeModel(), deskOf())
    expect([...(await embeddings.readRaw(0, 3))]).toEqual([3, 4, 0, 2, -5, 0])
    expect([...(await embeddings.readRaw(1, 2))]).toEqual([0, 2])
  })

  it('quarantines an unreadable image with its reason, and gives the others their own vectors', async () => {
    const images = await embedImages(datasetOf(['1 0', 'bad', 'gone', '0 1']), fakeModel(), deskOf())
    expect([...images.embeddings.rows]).toEqual([0, 3])
    expect(await vectorsOf(images)).toEqual([1, 0, 0, 1])
    expect([...images.quarantined]).toEqual([
      [1, { code: 'image.truncated', reason: 'the file ends early' }],
      [2, { code: 'file.missing', reason: 'there is no such file' }],
    ])
    expect(images.counts).toEqual({ found: 0, embedded: 2, quarantined: 2 })
  })

  it.each([
    ['NaN 1', 'embed.nonfinite'],
    ['Infinity 1', 'embed.nonfinite'],
    ['0 0', 'embed.zero'],
  ])('quarantines an image whose vector is %s (measures.md C28)', async (vector, code) => {
    const images = await embedImages(datasetOf(['1 0', vector, '0 1']), fakeModel(), deskOf())
    expect(images.quarantined.get(1)?.code).toBe(code)
    expect([...images.embeddings.rows]).toEqual([0, 2])
    expect(await vectorsOf(images)).toEqual([1, 0, 0, 1])
  })

  it('gives a very long and a very short vector a direction', async () => {
    const vectors = await vectorsOf(await embedImages(datasetOf(['3e30 4e30', '3e-30 4e-30']), fakeModel(), deskOf()))
    for (const [index, value] of [0.6, 0.8, 0.6, 0.8].entries()) {
      expect(vectors[index]).toBeCloseTo(value, 6) // float32 holds about seven digits
    }
  })

  it('does not open excluded images, nor those that are quarantined already', async () => {
    const dataset = {
      ...datasetOf([null, '! never', '1 0']),
      quarantined: new Map([[1, { code: 'file.missing', reason: '' }]]),
    }
    const { embeddings, quarantined, hashes } = await embedImages(dataset, fakeModel(), deskOf())
    expect([...embeddings.rows]).toEqual([2])
    expect(quarantined.size).toBe(0)
    expect(hashes).toEqual([null, null, sha256('1 0')])
  })

  it('gives the model a batch at a time, without gaps where images could not be read', async () => {
    const model = fakeModel({ batch: 3 })
    await embedImages(datasetOf(['1 1', 'bad', '1 2', '1 3', '1 4', 'bad 2', '1 5', '1 6', '1 7']), model, deskOf())
    expect(model.runs).toEqual([3, 3, 1])
  })

  it('does not run the encoder when nothing could be read', async () => {
    const model = fakeModel({ batch: 2 })
    const { quarantined } = await embedImages(datasetOf(['bad', 'bad 2']), model, deskOf())
    expect([model.runs, quarantined.size]).toEqual([[], 2])
  })

  it('counts notes on images that could be read, with those of their names', async () => {
    const dataset = { ...datasetOf(['1 0 cmyk', '0 1 cmyk', '1 1.png']) }
    const { flags } = await embedImages(dataset, fakeModel(), deskOf())
    expect([...flags]).toEqual([
      ['cmyk', 2],
      ['name-differs-from-content', 1],
    ])
  })

  it('reports progress from nothing to all, with the failures so far', async () => {
    const desk = deskOf()
    await embedImages(datasetOf(['1 0', 'bad', '0 0', '1 1', '1 2']), fakeModel(), desk)
    expect(desk.told.at(0)).toEqual({ done: 0, total: 5, failed: 0, found: 0 })
    expect(desk.told.at(-1)).toEqual({ done: 5, total: 5, failed: 2, found: 0 })
    expect(desk.told.map(({ done }) => done)).toEqual(desk.told.map(({ done }) => done).sort((a, b) => a - b))
  })

  it('makes nothing of a dataset without usable images', async () => {
    const { embeddings } = await embedImages(datasetOf([null, null]), fakeModel(), deskOf())
    expect([embeddings.rows.length, (await embeddings.read(0, 0)).length]).toEqual([0, 0])
  })

  it('rejects once, with the first error, when the reader itself fails in rows that were read ahead', async () => {
    const dataset = datasetOf(['1 0', '1 1', '! one', '1 2', '! two', '1 3'])
    await expect(embedImages(dataset, fakeModel(), deskOf())).rejects.toThrow('cannot read ! one')
  })

  it('loses no row: each usable one is embedded, found or quarantined, once', async () => {
    const word = fc.constantFrom('1 0', '0 1', 'bad', 'gone', '0 0', 'NaN 0', '2 1', '2 2', null)
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (words, batch) => {
        const { embeddings, quarantined, counts } = await embedImages(datasetOf(words), fakeModel({ batch }), deskOf())
        const accounted = [...embeddings.rows, ...quarantined.keys()].sort((a, b) => a - b)
        expect(accounted).toEqual(words.flatMap((one, row) => (one === null ? [] : [row])))
        expect(counts.found + counts.embedded + counts.quarantined).toBe(accounted.length)
      }),
    )
  })
})

describe('images that were embedded before', () => {
  it('are not embedded again, and give the same vectors, notes and faults', async () => {
    const dataset = datasetOf(['3 4 cmyk', '0 0', 'bad', '0 2'])
    const desk = deskOf()
    const first = await embedImages(dataset, fakeModel(), desk)
    const again = fakeModel()
    const second = await embedImages(dataset, again, desk)
    expect(again.runs).toEqual([])
    expect(second.counts).toEqual({ found: 2, embedded: 0, quarantined: 2 })
    expect(await vectorsOf(second)).toEqual(await vectorsOf(first))
    expect([second.hashes, second.flags, new Set(second.quarantined)]).toEqual([first.hashes, first.flags, new Set(first.quarantined)]) // prettier-ignore
  })

  it('are known by their content, whatever they are called, and are not decoded', async () => {
    const desk = deskOf()
    await embedImages(datasetOf(['1 0', '0 1']), fakeModel(), desk)
    const model = fakeModel()
    const { counts } = await embedImages(datasetOf(['0 1', '1 1', '1 0']), model, desk)
    expect([counts, model.prepared]).toEqual([{ found: 2, embedded: 1, quarantined: 0 }, ['1 1']])
  })

  it('within one run are embedded once: the same content under two names', async () => {
    const model = fakeModel({ batch: 2 })
    const images = await embedImages(datasetOf(['1 0', '1 0', '0 1', '1 0']), model, deskOf())
    expect(model.runs).toEqual([2])
    expect(await vectorsOf(images)).toEqual([1, 0, 1, 0, 0, 1, 1, 0])
    expect(images.counts).toEqual({ found: 0, embedded: 4, quarantined: 0 }) // nothing was there before the run
  })

  it('are embedded again when their stored vector is damaged', async () => {
    const space = damagedOnce(memorySpace({}, 2), sha256('0 1'))
    await embedImages(datasetOf(['1 0', '0 1']), fakeModel(), deskOf({ space }))
    space.damage()
    const model = fakeModel()
    const images = await embedImages(datasetOf(['1 0', '0 1']), model, deskOf({ space }))
    expect(model.runs).toEqual([1])
    expect(await vectorsOf(images)).toEqual([1, 0, 0, 1])
  })
})

describe('a run that is stopped', () => {
  it('while the model is at work on texts does not wait for them', async () => {
    const controller = new AbortController()
    const encoderIsFree = new Promise(() => undefined) // never
    const failing = embedImages(datasetOf(['1 0']), fakeModel(), deskOf({ signal: controller.signal, encoderIsFree }))
    controller.abort()
    await expect(failing).rejects.toBeInstanceOf(Interrupted)
  })

  it('keeps what is under way, says what is left, and is gone on with', async () => {
    const controller = new AbortController()
    const words = Array.from({ length: 20 }, (_, index) => `1 ${index}`)
    let runs = 0
    const stopping = fakeModel({ batch: 2, beforeRun: () => void (++runs === 3 && controller.abort()) })
    const space = memorySpace({}, 2)
    const failure = await embedImages(datasetOf(words), stopping, deskOf({ space, signal: controller.signal })).catch(
      (error: unknown) => error,
    )
    if (!(failure instanceof Interrupted)) throw failure
    const { embedded, left, isKept } = failure.progress
    expect([embedded + left, isKept, space.size()]).toEqual([20, false, embedded])
    expect(embedded).toBeGreaterThanOrEqual(6)
    const model = fakeModel({ batch: 2 })
    const { counts } = await embedImages(datasetOf(words), model, deskOf({ space }))
    expect(counts).toEqual({ found: embedded, embedded: left, quarantined: 0 })
  })
})

/** A space that, once told to, finds the vector under one key damaged, and has it no more. */
function damagedOnce(space: VectorSpace, key: string): VectorSpace & { damage: () => void } {
  let isDamaged = false
  return {
    ...space,
    damage: () => void (isDamaged = true),
    has: (wanted) => !(isDamaged && wanted === key) && space.has(wanted),
    append: (records) => {
      isDamaged = false
      return space.append(records)
    },
    read: async (keys, onStored) => {
      const damaged = isDamaged ? hexKeys(keys).flatMap((wanted, index) => (wanted === key ? [index] : [])) : []
      const missing = await space.read(keys, (index, vector, note) => {
        if (!damaged.includes(index)) onStored(index, vector, note)
      })
      return [...missing, ...damaged]
    },
  }
}
