import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../src/audit/statistics/wilson-interval.js'
import { drawTruth, type TruthRow } from '../../src/phantom/draw-truth.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import type { WorldCell } from '../../src/phantom/world.js'

const SEEDS = Array.from({ length: 200 }, (_, index) => 20_260_000 + index) // fixed beforehand; not chosen for the result

const CRIME = new Set(['thief', 'criminal', 'suspicious-person'])
const NON_HUMAN = new Set(['animal', 'gorilla', 'chimpanzee', 'orangutan'])

/** One published cell: which images, which outcome under which label set, and the planted rate. */
type Planted = { name: string; of: (row: TruthRow) => boolean; counted: (row: TruthRow) => boolean; rate: number }

describe('the phantom under bernoulli sampling', () => {
  const world = readShippedWorld()
  const planted = plantedCells(world.cells)

  it('is covered by the 95 % intervals in 93 to 97 % of the published cells, pooled, and no cell in less than 89 %', () => {
    const covered = planted.map(() => 0)
    for (const seed of SEEDS) {
      const { rows } = drawTruth(world, 'bernoulli', seed)
      planted.forEach(({ of, counted, rate }, index) => {
        const images = rows.filter(of)
        const { low, high } = wilsonInterval({ count: images.filter(counted).length, total: images.length })
        if (low <= rate && rate <= high) covered[index]++
      })
    }
    // a planted rate of 0 is always covered and would flatter the pool
    const open = covered.filter((_, index) => planted[index].rate > 0)
    const pooled = open.reduce((sum, count) => sum + count, 0) / (open.length * SEEDS.length)
    expect(pooled).toBeGreaterThanOrEqual(0.93)
    expect(pooled).toBeLessThanOrEqual(0.97)
    const share = planted.map(({ name }, index) => ({ name, covered: covered[index] / SEEDS.length }))
    const low = share.filter((cell) => cell.covered < 0.89)
    expect(low).toEqual([])
  })
})

function plantedCells(cells: readonly WorldCell[]): Planted[] {
  const races = [...new Set(cells.map(({ race }) => race))]
  const ages = [...new Set(cells.map(({ age }) => age))]
  const rate = (some: readonly WorldCell[], count: (cell: WorldCell) => number): number =>
    some.reduce((sum, cell) => sum + count(cell), 0) / some.reduce((sum, { images }) => sum + images, 0)
  const label = (row: TruthRow, set: number): string => row.winners[set]
  return [
    ...races.flatMap((race) => {
      const own = cells.filter((cell) => cell.race === race)
      const of = (row: TruthRow): boolean => row.race === race
      return [
        {
          name: `Table 6, crime, ${race}`,
          of,
          counted: (row: TruthRow) => CRIME.has(label(row, 0)),
          rate: rate(own, ({ crime }) => crime),
        },
        {
          name: `Table 6, non-human, ${race}`,
          of,
          counted: (row: TruthRow) => NON_HUMAN.has(label(row, 0)),
          rate: rate(own, ({ nonHuman }) => nonHuman),
        },
      ]
    }),
    ...ages.flatMap((age) => {
      const own = cells.filter((cell) => cell.age === age)
      const of = (row: TruthRow): boolean => row.age === age
      const flagged = (set: number) => (row: TruthRow) => CRIME.has(label(row, set)) || NON_HUMAN.has(label(row, set))
      return [
        {
          name: `Table 7, default, ${age}`,
          of,
          counted: flagged(0),
          rate: rate(own, ({ crime, nonHuman }) => crime + nonHuman),
        },
        {
          name: `Table 7, child, ${age}`,
          of,
          counted: flagged(1),
          rate: rate(own, (cell) => cell.crimeWithChild + cell.nonHumanWithChild),
        },
      ]
    }),
  ]
}
