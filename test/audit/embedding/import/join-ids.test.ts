import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinByPosition, joinIds } from '../../../../src/audit/embedding/import/join-ids.js'
import { refusal } from '../../dataset/helpers.js'
import { inBatches } from './vector-files.js'

const IMAGES = ['val/1.jpg', 'val/2.jpg', 'val/3.jpg', 'val/4.jpg']
const join = (ids: readonly string[], { images = IMAGES, vectors = ids.length, arePaths = false } = {}) =>
  joinIds(inBatches(ids), images, { at: 'ids.txt', vectors, arePaths })

describe('joinIds', () => {
  it('finds the vector of each image by its id, whatever the order, and counts those of no image', async () => {
    expect(await join(['val/4.jpg', 'x', './val/1.jpg', 'y'])).toEqual({
      vectorOf: Int32Array.of(2, -1, -1, 0),
      unmatched: 2,
      byPath: 0,
    })
    expect(await join([...IMAGES, 'more.jpg'])).toEqual({
      vectorOf: Int32Array.of(0, 1, 2, 3),
      unmatched: 1,
      byPath: 0,
    })
  })

  it('gives every image its own vector for any subset in any order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        async (names, picks) => {
          const ids = [...new Set([names[0], ...picks.map((pick) => names[pick % names.length])])].reverse()
          const { vectorOf, unmatched } = await join([...ids, '/none'], { images: names })
          expect(
            [...vectorOf].map((vector, row) => (vector < 0 ? !ids.includes(names[row]) : ids[vector] === names[row])),
          ).not.toContain(false)
          expect(unmatched).toBe(1)
        },
      ),
    ))

  it('matches paths of another machine where they end in the whole name of an image, and no other does', async () => {
    const images = ['a/1.jpg', 'b/1.jpg', '2.jpg', '3.jpg']
    const ids = ['/data/a/1.jpg', 'C:\\faces\\2.jpg', '/x/3.jpg', '/y/3.jpg', '']
    expect(await join(ids, { images, arePaths: true })).toEqual({
      vectorOf: Int32Array.of(0, -1, 1, -1),
      unmatched: 3,
      byPath: 2,
    })
    expect((await join(['2.jpg', '/x/2.jpg'], { images, arePaths: true })).vectorOf[2]).toBe(0) // the exact name goes before
  })

  it('never takes an image of another split for one of the same number', async () => {
    const ids = ['/data/fairface/val/2.jpg', '/data/fairface/train/1.jpg']
    expect([...(await join(ids, { arePaths: true })).vectorOf]).toEqual([-1, 0, -1, -1])
  })

  it.each([
    [
      'an id twice',
      () => join(['val/1.jpg', 'val/2.jpg', 'val/1.jpg']),
      'vectors.duplicate',
      'ids.txt: expected every id once but received "val/1.jpg" twice. Two vectors of one image: keep one of them',
    ],
    [
      'an id twice in two spellings',
      () => join(['val/1.jpg', './val/1.jpg']),
      'vectors.duplicate',
      'ids.txt: expected every id once but received "./val/1.jpg" twice. Two vectors of one image: keep one of them',
    ],
    [
      'an unknown id twice',
      () => join(['val/1.jpg', 'x', 'x']),
      'vectors.duplicate',
      'ids.txt: expected every id once but received "x" twice. Two vectors of one image: keep one of them',
    ],
    [
      'fewer ids than vectors',
      () => join(['val/1.jpg'], { vectors: 2 }),
      'vectors.ids',
      'ids.txt: expected 2 ids, one for each vector but received 1. The n-th id names the n-th vector; write both from the same list',
    ],
    [
      'an empty id',
      () => join(['val/1.jpg', '']),
      'vectors.ids',
      'ids.txt: expected an id for every vector but received nothing for vector 2. Write the name of the image as the label file has it',
    ],
    [
      'ids of other images',
      () => join(['1', '2']),
      'vectors.ids',
      'ids.txt: expected ids that are images of the label file, such as "val/1.jpg" but received none, but for example "1". Write ids as the image column of the label file has them',
    ],
  ])('refuses %s with one line of cure', async (_name, work, code, message) => {
    const refused = await refusal(work)
    expect([refused.code, refused.message]).toEqual([code, message])
  })

  it('takes positions only where there are as many of the one as of the other', async () => {
    expect(joinByPosition(2, 2, 'e.yaml')).toEqual({ vectorOf: Int32Array.of(0, 1), unmatched: 0, byPath: 0 })
    const { message } = await refusal(() => joinByPosition(3, 2, 'e.yaml'))
    expect(message).toBe(
      'e.yaml: order: expected 3 vectors, one for each row of the label file but received 2. Position can only be trusted where every row has its vector; give ids instead of order: dataset',
    )
  })
})
