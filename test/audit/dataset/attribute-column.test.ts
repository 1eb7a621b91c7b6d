import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAttribute } from '../../../src/audit/dataset/attribute-column.js'
import type { DeclaredValues } from '../../../src/audit/dataset/layout.js'
import type { Spellings } from '../../../src/audit/dataset/spellings.js'
import { counts } from './helpers.js'

function spell(cells: readonly string[]): Spellings {
  const codeOf = new Map<string, number>()
  for (const cell of cells) if (!codeOf.has(cell)) codeOf.set(cell, codeOf.size)
  const codes = cells.map((cell) => codeOf.get(cell) ?? -1)
  const rows = new Uint32Array(codeOf.size)
  for (const code of codes) rows[code]++
  const firstLine = new Uint32Array(codeOf.size)
  for (let row = codes.length - 1; row >= 0; row--) firstLine[codes[row]] = row + 2
  return { texts: [...codeOf.keys()], firstLine: [...firstLine], rows: [...rows], codes }
}

function encode(
  cells: readonly string[],
  declared: DeclaredValues | null = null,
  unknownValues: 'refuse' | 'keep' = 'refuse',
) {
  const layout = { name: 'race', column: 'race', labelledBy: 'annotator' as const, declared }
  return encodeAttribute(layout, spell(cells), { labels: 'labels.csv', unknownValues })
}

const RACES = { values: ['White', 'Black'], aliases: new Map([['AA', 'Black']]) }

describe('encodeAttribute without declared values', () => {
  it('orders the values by their bytes, with unknown last', () =>
    expect(encode(['b', '', 'a', 'Z', 'é', '\u{1f600}', '\uff01']).column.values).toEqual([
      'Z',
      'a',
      'b',
      'é',
      '\uff01',
      '\u{1f600}',
      'unknown',
    ]))

  it('has no unknown where every image has a value', () => expect(encode(['a']).column.values).toEqual(['a']))

  it.each(['', 'N/A', 'n/a', 'unknown'])('counts %j as unknown', (cell) =>
    expect(counts(encode([cell, 'a', cell]).column)).toEqual([
      ['a', 1],
      ['unknown', 2],
    ]),
  )

  it('counts "prefer not to say" as unknown and keeps its spelling in a warning', () => {
    const { column, warnings } = encode(['a', 'prefer not to say'])
    expect(counts(column)).toContainEqual(['unknown', 1])
    expect(warnings).toEqual([
      { code: 'value.prefer-not-to-say', count: 1, message: 'race: "prefer not to say" is counted as unknown' },
    ])
  })

  it('keeps "black " apart from "Black" and says so', () => {
    const { column, warnings } = encode(['Black', 'black '])
    expect(column.values).toEqual(['Black', 'black '])
    expect(warnings.map(({ code }) => code)).toEqual(['value.look-alike'])
  })

  it('refuses a column with more values than codes', () =>
    expect(() => encode(Array.from({ length: 70_000 }, (_, index) => String(index)))).toThrow('at most 65535 values'))

  it('keeps any value, and does not depend on the order of the rows', () => {
    const cell = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a,b', '"', 'a\nb', '', '=1'),
      fc.string(),
    )
    const shuffled = fc
      .array(cell, { minLength: 1, maxLength: 30 })
      .chain((cells) => fc.tuple(fc.constant(cells), fc.shuffledSubarray(cells, { minLength: cells.length })))
    fc.assert(
      fc.property(shuffled, ([cells, reordered]) => {
        const { column } = encode(cells)
        expect(encode(reordered).column.values).toEqual(column.values)
        const unknown = new Set(['', 'N/A', 'n/a', 'prefer not to say'])
        expect([...column.codes].map((code) => column.values[code])).toEqual(
          cells.map((text) => (unknown.has(text) ? 'unknown' : text)),
        )
      }),
    )
  })
})

describe('encodeAttribute with declared values', () => {
  it('keeps the declared order and the values that do not occur', () =>
    expect(counts(encode(['Black', 'AA'], RACES).column)).toEqual([
      ['White', 0],
      ['Black', 2],
    ]))

  it('refuses a value outside the list with its first line, its rows and what was meant', () =>
    expect(encode(['Black', 'black ', 'black '], RACES).faults).toEqual([
      {
        at: 'labels.csv:3',
        field: 'race',
        expected: 'one of "White", "Black"',
        received: '"black " (2 rows)',
        hint: 'Did you mean "Black"? Correct it, or set unknownValues to keep, to count it as unknown',
      },
    ]))

  it('counts it as unknown when the plan keeps unknown values, and names each spelling', () => {
    const { column, faults, warnings } = encode(['Black', 'black ', 'Blak', 'Blak'], RACES, 'keep')
    expect(faults).toEqual([])
    expect(counts(column)).toEqual([
      ['White', 0],
      ['Black', 1],
      ['unknown', 3],
    ])
    expect(warnings).toEqual([
      {
        code: 'value.unlisted',
        count: 3,
        message: 'race: values outside the dataset\'s list are counted as unknown: "Blak" (2 rows), "black " (1 row)',
      },
    ])
  })
})
