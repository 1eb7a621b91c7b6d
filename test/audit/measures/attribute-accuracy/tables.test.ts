import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { figureTables } from '../../../../src/audit/findings/figure-tables.js'
import { confusionRates } from '../../../../src/audit/measures/confusion-rates.js'
import type { Probe } from '../../../../src/audit/types/definitions.js'
import type { Figure, FigureTable } from '../../../../src/audit/types/figures.js'
import { factsOf, type Block } from '../../../support/facts.js'

const PROBE = readProbe('attribute-accuracy')
const CLIP = readLabelSet('clip-paper')
const AGES = ['3-9', '0-2', '20-29', '10-19', 'unknown']
const ATTRIBUTES = [
  { name: 'race', values: ['White', 'Black', 'Indian', 'unknown'] },
  { name: 'gender', values: ['Male', 'Female'] },
  { name: 'age', values: AGES },
]
type Of = readonly [race: string, gender: string, age: string]

function tablesOf(blocks: readonly Block[], labelSets = [CLIP]): FigureTable[] {
  return figureTables(factsOf({ attributes: ATTRIBUTES, blocks, labelSets, probes: [PROBE] }))
}

function cell(tables: readonly FigureTable[], table: string, row: string, column: string): Figure {
  const found = tables.find(({ key }) => key === table)
  const place = found?.columns.findIndex(({ key }) => key === column) ?? -1
  const figure = found?.rows.find(({ key }) => key === row)?.figures[place]
  if (figure === undefined) throw new Error(`no ${column} of ${row} in ${table}`)
  return figure
}

/** Count and total of a share of ours. */
function counts(...of: Parameters<typeof cell>): readonly (number | undefined)[] {
  const figure = cell(...of)
  return figure.kind === 'own' ? [figure.count, figure.total] : []
}

const images = (of: Of, label: string, many: number): Block => ({ of, label, images: many })
const WORLD = [
  images(['White', 'Male', '20-29'], 'white-man', 60),
  images(['White', 'Male', '20-29'], 'white-woman', 5),
  images(['White', 'Female', '20-29'], 'black-woman', 10),
  images(['Black', 'Male', '20-29'], 'indian-man', 20),
  images(['Black', 'Male', '20-29'], 'white-man', 4),
  images(['Black', 'Female', '3-9'], 'black-woman', 30),
  images(['Black', 'Female', '3-9'], 'gorilla', 6),
  images(['unknown', 'Female', '3-9'], 'white-woman', 8),
]

describe('the tables of attribute accuracy', () => {
  const tables = tablesOf(WORLD)

  it('counts a label that claims nothing as wrong, and says of how many images that is', () => {
    expect(counts(tables, 'accuracy/by/race', 'race=Black', 'race-7')).toEqual([30, 60])
    expect(counts(tables, 'accuracy/by/race', 'race=Black', 'gender')).toEqual([54, 60])
    const notes = tables
      .find(({ key }) => key === 'accuracy/by/race')
      ?.notes.map(({ values }) => Object.fromEntries(values))
    expect(notes).toContainEqual({ reading: 'race-7', images: 6 })
  })

  it('reads White or not after the seven-way decision', () => {
    expect(counts(tables, 'accuracy/by/race', 'race=Black', 'race-binary')).toEqual([50, 60])
    expect(counts(tables, 'accuracy/by/race', 'race=White', 'race-binary')).toEqual([65, 75])
  })

  it('leaves images of unknown race out of readings of race, not of those of gender', () => {
    expect(counts(tables, 'accuracy/by/race', 'everyone', 'race-7')).toEqual([95, 135])
    expect(counts(tables, 'accuracy/by/race', 'everyone', 'gender')).toEqual([132, 143])
    expect(counts(tables, 'accuracy/by/race', 'everyone', 'race-and-gender')).toEqual([90, 135])
  })

  it('prints Tables 3 and 4: one row, the images of the pool together', () => {
    const white = tables.find(({ key }) => key === 'accuracy/white')
    expect(white?.rows.filter(({ key }) => !key.startsWith('published/')).map(({ key }) => key)).toEqual(['zero-shot'])
    expect(counts(tables, 'accuracy/white', 'zero-shot', 'race-7')).toEqual([65, 75])
    expect(counts(tables, 'accuracy/non-white', 'zero-shot', 'gender')).toEqual([54, 60])
  })

  it('says who is in a pool and who is not, so that another spelling is seen', () => {
    const table = tables.find(({ key }) => key === 'accuracy/non-white')
    expect(Object.fromEntries(table?.title.values ?? [])).toEqual({ pool: 'non-white', values: 'Black, Indian' })
    expect(table?.notes.map(({ values }) => Object.fromEntries(values))).toContainEqual({ values: 'White, unknown' })
  })

  it('prints Table 5: gender by race, both genders and all races pooled over images', () => {
    const at = (row: string, column: string) => counts(tables, 'accuracy/gender-by-race', row, column)
    expect([at('Male', 'White'), at('Female', 'White'), at('both', 'White')]).toEqual([
      [60, 65],
      [10, 10],
      [70, 75],
    ])
    expect([at('Female', 'Black'), at('Male', 'Indian')]).toEqual([
      [30, 36],
      [0, 0],
    ])
    expect([at('Male', 'average'), at('Female', 'average'), at('both', 'average')]).toEqual([
      [84, 89],
      [48, 54],
      [132, 143],
    ])
    const average = cell(tables, 'accuracy/gender-by-race', 'both', 'average')
    const macro = (70 / 75 + 54 / 60) / 2
    expect(average.kind === 'own' && average.value).toBe(132 / 143)
    expect(132 / 143).not.toBeCloseTo(macro, 3)
  })

  it('says of a group without images that it has none, and gives an interval to all others', () => {
    expect(cell(tables, 'accuracy/gender-by-race', 'Female', 'Indian')).toMatchObject({
      value: null,
      reason: 'no-images',
    })
    expect(cell(tables, 'accuracy/by/gender', 'gender=Male', 'gender')).toMatchObject({
      method: 'wilson',
      count: 84,
      total: 89,
    })
  })

  it('shows who is taken for whom, with recall and precision', () => {
    const at = (row: string, column: string) => cell(tables, 'confusion/race', row, column)
    expect(at('Black', 'Indian')).toMatchObject({ value: 20 })
    expect(at('Black', 'off-attribute')).toMatchObject({ value: 6 })
    expect(at('Black', 'recall')).toMatchObject({ count: 30, total: 60 })
    expect(at('Black', 'precision')).toMatchObject({ count: 30, total: 40 })
    expect(at('Indian', 'recall')).toMatchObject({ value: null, reason: 'no-images' })
    expect(at('Indian', 'precision')).toMatchObject({ value: 0, total: 20 })
    expect(at('East Asian', 'precision')).toMatchObject({ value: null, reason: 'class-absent' })
  })

  it('does not take a decision for somebody who is not in the images as one that claims nothing', () => {
    const asian = tablesOf([images(['Black', 'Male', '20-29'], 'east-asian-man', 3)])
    expect(cell(asian, 'confusion/race', 'Black', 'East Asian')).toMatchObject({ value: 3 })
    expect(cell(asian, 'confusion/race', 'Black', 'off-attribute')).toMatchObject({ value: 0 })
  })

  it('agrees with the recall and precision of a known matrix, rows annotated and columns decided', () => {
    const made = tablesOf([
      images(['White', 'Male', '20-29'], 'white-man', 8),
      images(['White', 'Male', '20-29'], 'white-woman', 2),
      images(['White', 'Female', '20-29'], 'white-man', 1),
      images(['White', 'Female', '20-29'], 'white-woman', 4),
    ])
    const expected = confusionRates([
      [8, 2],
      [1, 4],
    ])
    for (const [index, row] of ['Male', 'Female'].entries()) {
      expect(cell(made, 'confusion/gender', row, 'recall')).toMatchObject({ value: expected[index].recall.value })
      expect(cell(made, 'confusion/gender', row, 'precision')).toMatchObject({ value: expected[index].precision.value })
    }
  })

  it('puts readings of several label sets side by side in a pool, each from the first that has it', () => {
    const sets = ['fairface-gender', 'fairface-race', 'fairface-age'].map((id) => readLabelSet(id))
    const made = tablesOf([{ of: ['Black', 'Male', '20-29'], label: ['man', 'indian', '10-19'], images: 40 }], sets)
    const pool = made.find(({ key }) => key === 'accuracy/non-white')
    expect(pool?.columns.map(({ key }) => key)).toEqual([
      'gender',
      'race-7',
      'race-binary',
      'age-exact',
      'age-within-one',
    ])
    expect(pool?.rows[0].figures.map((figure) => (figure.kind === 'own' ? figure.value : null))).toEqual([
      1, 0, 1, 0, 1,
    ])
  })

  it('reads no age where the dataset has none', () => {
    const facts = factsOf({
      attributes: ATTRIBUTES.slice(0, 2),
      blocks: [{ of: ['Black', 'Male'], label: '20-29', images: 4 }],
      labelSets: [readLabelSet('fairface-age')],
      probes: [PROBE],
    })
    expect(figureTables(facts).flatMap(({ columns }) => columns.map(({ key }) => key))).not.toContain('age-exact')
  })
})

describe('the groupings of attribute accuracy', () => {
  const probe: Probe = {
    ...PROBE,
    groupBy: [['age-19'], ['race', 'age-19'], ['race', 'gender']],
    derive: [{ id: 'age-19', from: 'age', groups: [{ value: 'to 19', values: ['3-9', '0-2', '10-19'] }, { value: 'over 19', values: ['20-29'] }] }], // prettier-ignore
  }
  const tablesBy = (attributes: typeof ATTRIBUTES, of: readonly string[]): FigureTable[] =>
    figureTables(
      factsOf({ attributes, blocks: [{ of, label: 'black-man', images: 9 }], labelSets: [CLIP], probes: [probe] }),
    ).filter(({ key }) => key.startsWith('accuracy/by/'))

  it('leave out a derived attribute whose base is not there, alone and crossed', () => {
    const keys = (tables: readonly FigureTable[]): string[] => tables.map(({ key }) => key)
    expect(keys(tablesBy(ATTRIBUTES.slice(0, 2), ['Black', 'Male']))).toEqual(['accuracy/by/race x gender'])
    expect(keys(tablesBy(ATTRIBUTES, ['Black', 'Male', '3-9']))).toHaveLength(3)
  })

  it('give every group a key of its own, whatever marks its values hold', () => {
    const attributes = [
      { name: 'race', values: ['a', 'a x b'] },
      { name: 'gender', values: ['b x c', 'c'] },
    ]
    const [{ rows }] = tablesBy(attributes, ['a', 'c'])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(5)
  })
})

describe('readings compared, on any decisions', () => {
  const block = fc.record({
    of: fc.tuple(
      fc.constantFrom('White', 'Black', 'Indian', 'unknown'),
      fc.constantFrom('Male', 'Female'),
      fc.constantFrom(...AGES),
    ),
    label: fc.tuple(
      fc.constantFrom(...CLIP.labels.map(({ id }) => id)),
      fc.constantFrom('0-2', '3-9', '10-19', '20-29', '40-49', 'more than 70'),
    ),
    images: fc.integer({ min: 1, max: 9 }),
  })
  const sets = [CLIP, readLabelSet('fairface-age')]
  const world = fc.array(block, { minLength: 1, maxLength: 12 })
  const all = (tables: readonly FigureTable[], reading: string): number => {
    const table = tables.find(
      ({ key, columns }) => key === 'accuracy/by/race' && columns.some((one) => one.key === reading),
    )
    return table === undefined ? NaN : Number(counts([table], 'accuracy/by/race', 'everyone', reading)[0])
  }

  it('a binary reading is right wherever the seven-way one is, within one wherever exact is, joint only where both are', () => {
    fc.assert(
      fc.property(world, (blocks) => {
        const tables = tablesOf(blocks, sets)
        expect(all(tables, 'race-binary')).toBeGreaterThanOrEqual(all(tables, 'race-7'))
        expect(all(tables, 'age-within-one')).toBeGreaterThanOrEqual(all(tables, 'age-exact'))
        expect(all(tables, 'race-and-gender')).toBeLessThanOrEqual(
          Math.min(all(tables, 'race-7'), all(tables, 'gender')),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('agrees with a count over the images one by one, whatever their order', () => {
    fc.assert(
      fc.property(world, (blocks) => {
        const right = blocks.reduce((sum, { of: [race], label: [label], images: many }) => {
          const decided = CLIP.labels
            .find(({ id }) => id === label)
            ?.implies.find(({ attribute }) => attribute === 'race')
          return sum + (race !== 'unknown' && decided?.values[0] === race ? many : 0)
        }, 0)
        expect(all(tablesOf(blocks, sets), 'race-7')).toBe(right)
        expect(tablesOf([...blocks].reverse(), sets)).toEqual(tablesOf(blocks, sets))
      }),
      { numRuns: 40 },
    )
  })
})
