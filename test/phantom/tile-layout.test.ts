import { describe, expect, it } from 'vitest'
import { CELLS_PER_SIDE, layOutTile } from '../../src/phantom/tile-layout.js'
import { smallWorld } from './worlds.js'

describe('the layout of a tile', () => {
  it('gives every concept and every digit of the serial number a cell of its own', () => {
    const { concepts, serialCells } = layOutTile(smallWorld())
    const cells = [...concepts.map(({ cell }) => cell), ...serialCells].sort((a, b) => a - b)
    expect(cells).toEqual(Array.from({ length: CELLS_PER_SIDE ** 2 }, (_, cell) => cell))
  })

  it('shows every label of the planted label sets once', () => {
    const world = smallWorld()
    const shown = layOutTile(world).concepts.map(({ label }) => label)
    expect([...shown].sort()).toEqual(world.words.map(([label]) => label).sort())
  })

  it('is refused when a ring is too small for its labels', () => {
    const world = smallWorld()
    const crime = ['one', 'more', 'label', 'than', 'fits']
    expect(() => layOutTile({ ...world, outcomes: { ...world.outcomes, crime } })).toThrow('a tile holds 24 labels')
  })
})
