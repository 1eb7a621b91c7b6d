import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readShippedWorld, readWorld } from '../../src/phantom/read-world.js'

describe('the default world', () => {
  it('has 10,949 images, of which 2,211 are flagged', () => {
    const { cells } = readShippedWorld()
    expect(cells).toHaveLength(63)
    expect(sum(cells.map((cell) => cell.images))).toBe(10_949)
    expect(sum(cells.map((cell) => cell.crime + cell.nonHuman))).toBe(2211)
  })

  it('names every label of its six label sets by words of its own', () => {
    const { words } = readShippedWorld()
    const bags = words.map(([, each]) => [...each].sort().join(' '))
    expect(words).toHaveLength(41)
    expect(new Set(bags).size).toBe(41)
  })
})

describe('a world that cannot be', () => {
  const header = 'race,age,images,crime,non_human,crime_with_child,non_human_with_child'

  it('is refused when a further label moves images into a flagged outcome', () => {
    expect(() => readWorld(worldWithCells(`${header}\nBlack,3-9,10,2,0,3,0\n`))).toThrow('only flow into it')
  })

  it('is refused when it flags more images than there are', () => {
    expect(() => readWorld(worldWithCells(`${header}\nBlack,3-9,3,2,2,0,0\n`))).toThrow(
      'more flagged images than images',
    )
  })

  it('is refused with the file, the field and the value', () => {
    const file = worldWithCells(`${header}\nBlack,3-9,many,2,2,0,0\n`)
    expect(() => readWorld(file)).toThrow(/clip-paper\.csv: 0\.images: expected .* but received "many"/)
  })

  it('is refused when a group of its cells has no label', () => {
    const file = worldWithCells(`${header}\nMartian,3-9,3,0,0,0,0\n`)
    expect(() => readWorld(file)).toThrow('race.labels: expected a label for race "Martian" but received none')
  })

  it('is refused when there is no such file', () => {
    expect(() => readWorld('no-such-world.yaml')).toThrow('no-such-world.yaml: expected a file of a world')
  })
})

function worldWithCells(cells: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'probity-world-'))
  writeFileSync(join(folder, 'world.yaml'), readFileSync('worlds/clip-paper.yaml', 'utf8'))
  writeFileSync(join(folder, 'clip-paper.csv'), cells)
  return join(folder, 'world.yaml')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
