import { describe, expect, it } from 'vitest'
import { scoreTiles } from '../../../src/audit/scoring/score-tiles.js'
import type { Embeddings, MatrixProduct } from '../../../src/audit/types/decisions.js'

const IMAGES = 5000

/** Images of one number, their row; `events` are told what happens. */
function watched(events: string[]): { embeddings: Embeddings; multiply: MatrixProduct } {
  return {
    embeddings: {
      dim: 1,
      rows: Int32Array.from({ length: IMAGES }, (_, image) => 2 * image),
      read: (start, end) => {
        events.push(`read ${start} to ${end}`)
        return Promise.resolve(Float32Array.from({ length: end - start }, (_, image) => start + image))
      },
    },
    multiply: (images, classes) => {
      events.push(`multiply ${images[0]}`)
      const scores = new Float32Array(images.length * classes.length)
      images.forEach((image, row) => scores.fill(image, row * classes.length, (row + 1) * classes.length))
      return Promise.resolve(scores)
    },
  }
}

describe('scoreTiles', () => {
  it('multiplies the next tile while the caller looks at this one, and reads every image once', async () => {
    const events: string[] = []
    const { embeddings, multiply } = watched(events)
    for await (const { scores } of scoreTiles(embeddings, Float32Array.of(1), multiply))
      events.push(`look at ${scores[0]}`)
    expect(events).toEqual([
      ...['read 0 to 2048', 'multiply 0', 'read 2048 to 4096', 'multiply 2048', 'look at 0'],
      ...['read 4096 to 5000', 'multiply 4096', 'look at 2048', 'look at 4096'],
    ])
  })

  it('gives every image its row and its scores', async () => {
    const { embeddings, multiply } = watched([])
    let image = 0
    for await (const { rows, scores, labels } of scoreTiles(embeddings, Float32Array.of(1, 2, 3), multiply)) {
      expect([labels, scores.length]).toEqual([3, rows.length * 3])
      for (const [place, row] of rows.entries()) {
        expect([row, ...scores.subarray(place * 3, (place + 1) * 3)]).toEqual([2 * image, image, image, image])
        image++
      }
    }
    expect(image).toBe(IMAGES)
  })

  it('reads into memory that nobody is looking at any more, also where the product is late', async () => {
    const { embeddings, multiply } = watched([])
    const rooms: number[] = []
    const reusing: Embeddings = {
      ...embeddings,
      room: (vectors) => {
        rooms.push(vectors)
        return new Float32Array(vectors)
      },
      read: async (start, end, into) => {
        into?.set(await embeddings.read(start, end))
        return into ?? Promise.reject(new Error('no memory was given'))
      },
    }
    const late: MatrixProduct = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return multiply(...given)
    }
    const scores: number[] = []
    for await (const tile of scoreTiles(reusing, Float32Array.of(1), late)) scores.push(...tile.scores)
    expect(scores).toEqual(Array.from({ length: IMAGES }, (_, image) => image))
    expect(rooms).toEqual([2048, 2048])
  })

  it('holds no more than 64 MB of scores in a tile, however many labels there are', async () => {
    const { embeddings, multiply } = watched([])
    const sizes: number[] = []
    for await (const { scores } of scoreTiles(embeddings, new Float32Array(20_000), multiply)) sizes.push(scores.length)
    expect(Math.max(...sizes)).toBe(838 * 20_000)
    expect(Math.max(...sizes) * 4).toBeLessThanOrEqual(2 ** 26)
  })

  it('leaves no failure of a later tile behind when the caller has stopped', async () => {
    const { embeddings } = watched([])
    const multiply: MatrixProduct = (images) =>
      images[0] === 0 ? Promise.resolve(images.slice()) : Promise.reject(new Error('the second tile'))
    for await (const { rows } of scoreTiles(embeddings, Float32Array.of(1), multiply)) if (rows[0] === 0) break
    await new Promise((resolve) => setImmediate(resolve)) // a rejection nobody listens to would fail this run
  })
})
