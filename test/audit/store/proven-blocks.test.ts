import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ProvenBlocks } from '../../../src/audit/store/proven-blocks.js'
import { EntryChecksums } from '../../../src/audit/store/segment-entry.js'
import { DIM, keyOf, openSpace, store, temporaryStore, vectorOf } from './store-fixture.js'

describe('blocks that were proven', () => {
  it('hold as long as their bytes are the same', () => {
    const blocks = new ProvenBlocks()
    const bytes = Buffer.from('the bytes of a block')
    expect(blocks.holds(3, bytes)).toBe(false)
    blocks.prove(3, bytes)
    expect([blocks.holds(3, Buffer.from(bytes)), blocks.holds(2, bytes)]).toEqual([true, false])
    bytes[5] ^= 1
    expect(blocks.holds(3, bytes)).toBe(false)
  })

  it('are looked at vector by vector once, and again where only a part is read', async () => {
    const folder = join(temporaryStore(), 'space')
    await store(folder, 0, 20)
    const space = await openSpace(folder)
    const held = vi.spyOn(EntryChecksums.prototype, 'holds')
    const read = async (from: number): Promise<number> => {
      held.mockClear()
      const keys = Array.from({ length: 20 - from }, (_, index) => keyOf(from + index))
      expect(await space.read(keys, () => undefined)).toEqual([])
      return held.mock.calls.length
    }
    expect([await read(0), await read(0), await read(5), await read(0)]).toEqual([20, 0, 15, 0])
    held.mockRestore()
  })

  it.each([0, 7, 19])('a vector altered after it was read once is not given out: %i of 20', async (altered) => {
    const folder = join(temporaryStore(), 'space')
    await store(folder, 0, 20)
    const space = await openSpace(folder)
    const keys = Array.from({ length: 20 }, (_, index) => keyOf(index))
    const readAll = async (): Promise<{ missing: number[]; right: number }> => {
      let right = 0
      const missing = await space.read(keys, (index, vector) => {
        if (vector.every((number, place) => number === vectorOf(index)[place])) right++
      })
      return { missing, right }
    }
    expect([await readAll(), await readAll()]).toEqual(Array(2).fill({ missing: [], right: 20 }))
    const file = join(folder, '000001.f32')
    const bytes = readFileSync(file)
    bytes[altered * DIM * 4 + 3] ^= 0x80 // a sign
    writeFileSync(file, bytes)
    expect(await readAll()).toEqual({ missing: [altered], right: 19 })
  })
})
