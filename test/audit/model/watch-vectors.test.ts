import { describe, expect, it } from 'vitest'
import { watchVectors } from '../../../src/audit/model/watch-vectors.js'

const image = (): Uint8Array => new Uint8Array(3)

/** Embeds as told, a list of rows a call; counts how often the encoder was tried. */
function watched(calls: number[][][], isBroken = false) {
  let trials = 0
  const answers = calls.map((rows) => Float32Array.from(rows.flat()))
  const embed = watchVectors(
    2,
    () => Promise.resolve(answers.shift() ?? new Float32Array()),
    () => {
      trials++
      return isBroken ? Promise.reject(new Error('broken')) : Promise.resolve()
    },
  )
  const all = async (): Promise<number> => {
    for (const rows of calls) await embed(rows.map(image))
    return trials
  }
  return all()
}

const EQUAL = [[1, 2], [1, 2]] // prettier-ignore
const DIFFERENT = [[1, 2], [2, 1]] // prettier-ignore

describe('the first vectors of an encoder', () => {
  it('show that it works where two of them differ, and nothing is tried after that', async () => {
    expect(await watched([DIFFERENT, EQUAL, [[NaN, 1]]])).toBe(0)
  })

  it('ask for a trial where several images have one vector, once', async () => {
    expect(await watched([EQUAL, EQUAL, [[NaN, 1]]])).toBe(1)
  })

  it('ask for a trial where a number is not finite, be it the last', async () => {
    expect(await watched([[[1, 2], [2, Infinity]]])).toBe(1) // prettier-ignore
  })

  it('are waited for where images come one at a time', async () => {
    expect(await watched([[[1, 2]]])).toBe(0)
    expect(await watched([[[1, 2]], [[1, 2]]])).toBe(1)
    expect(await watched([[[1, 2]], [[1, 3]], [[1, 3]]])).toBe(0)
  })

  it('fail with the trial that shows a broken encoder', async () => {
    await expect(watched([EQUAL], true)).rejects.toThrow('broken')
  })
})
