import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fourfoldTables } from '../../../src/audit/statistics/fourfold-tables.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { stratifiedBootstrap } from '../../../src/audit/statistics/stratified-bootstrap.js'
import { disagreements, docstringExamples, statisticsExports, statisticsFiles, valueOf } from './docstring-examples.js'
import { CRIME, groupsOf } from './group-samples.js'
import { changeRows, pageExamples, verdictRows } from './page-examples.js'

const ROOT = new URL('../../../', import.meta.url)
const PAGE = readFileSync(new URL('docs/statistics.md', ROOT), 'utf8')

describe('docs/statistics.md', () => {
  it('names every file of src/audit/statistics', () =>
    expect(statisticsFiles().filter((file) => !PAGE.includes(`\`${file}\``))).toEqual([]))

  it('names no file that is not there', () => {
    const folders = ['statistics', 'findings', 'calibration'].map((name) => `src/audit/${name}/`)
    const known = folders.flatMap((folder) => readdirSync(new URL(folder, ROOT)))
    const named = [...PAGE.matchAll(/`([\w./-]+\.ts)`/g)].map(([, name]) => name)
    const isThere = (name: string): boolean => known.includes(name) || existsSync(new URL(name, ROOT))
    expect(named.length).toBeGreaterThan(80)
    expect(named.filter((name) => !isThere(name))).toEqual([])
  })

  it('links to headings that are there', () => {
    const headings = [...PAGE.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading))
    const links = [...PAGE.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor)
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([])
  })

  it('explains every reason that an audit or a change can give', () => {
    const types = ['verdict', 'change'].map((name) => readFileSync(new URL(`src/audit/types/${name}.ts`, ROOT), 'utf8'))
    const unions = [...types.join('\n').matchAll(/export type (?:ReasonCode|ChangeReason) =((?:\s*\|?\s*'[\w-]+')+)/g)]
    const codes = unions.flatMap(([, union]) => [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code))
    const table = PAGE.slice(PAGE.indexOf('### Reasons'), PAGE.indexOf('## One proportion'))
    expect(unions).toHaveLength(2)
    expect(codes.filter((code) => !table.includes(`\`${code}\``))).toEqual([])
  })

  it('gives examples whose numbers are those of the code, and no others', () => {
    const given = [...PAGE.matchAll(/^- Example: (.*(?:\n {2}.*)*)/gm)].map(([, text]) => text.replace(/\s+/g, ' '))
    expect([...given].sort()).toEqual(pageExamples().sort())
  })

  it.each([...verdictRows(), ...changeRows()])('has the worked case %s', (row) => expect(PAGE).toContain(`\n${row}`))
})

/** As GitHub makes it: lower case, spaces to hyphens, no other marks. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}

/** What an example needs beside its file: the names it uses, how to read its value, and how far a figure that comes from random
 *  draws may be off, as a share. */
type SetUp = {
  readonly scope: () => Readonly<Record<string, unknown>>
  readonly read?: (value: unknown, scope: Readonly<Record<string, unknown>>) => unknown
  readonly roughly?: number
}

const margin = { difference: 0.01, ratio: 1.25 }
const random = () => ({ random: createRandom(42) })
const tableOf = (...[count, total, otherCount, otherTotal]: readonly number[]) => {
  const stratum = { group: { count, total }, reference: { count: otherCount, total: otherTotal } }
  return fourfoldTables('here', [stratum], 'four-margins').tables[0]
}
/** How far the rates of 14 groups lie apart, drawn again: half of them have 37 of 750, half 38. */
const gaps = () => {
  const groups = Array.from({ length: 14 }, (_, place) => ({ count: 37 + (place % 2), total: 750 }))
  return stratifiedBootstrap(groups, (counts) => (maximum(counts) - minimum(counts)) / 750, random())
}
const maximum = (values: ArrayLike<number>): number => Math.max(...Array.from(values))
const minimum = (values: ArrayLike<number>): number => Math.min(...Array.from(values))
const differences = () =>
  stratifiedBootstrap(groupsOf([9, 3], [10, 10]), (counts) => counts[0] / 10 - counts[1] / 10, random())
const alike = (images: number) => Array.from({ length: 22 }, (_, label) => Math.floor((images + label) / 22))
const lengthOf = (value: unknown): unknown => (value as Float64Array).length // replicates

const SET_UPS: Readonly<Record<string, SetUp>> = {
  'bca-interval.ts': { scope: () => ({ replicates: differences() }) },
  'beta-binomial-shrinkage.ts': { scope: () => ({ groups: [{ count: 0, total: 4 }, ...CRIME] }) },
  'breslow-day-permutation.ts': { scope: random },
  'cluster-bootstrap.ts': { scope: random, read: lengthOf },
  'fitted-cells.ts': { scope: () => ({ table: tableOf(2, 10, 4, 20) }) },
  'homogeneity-permutation.ts': { scope: random, roughly: 0.05 },
  'hypergeometric-draws.ts': { scope: () => ({ random: { uniform: () => 0 } }) }, // the most probable count
  'hypergeometric-split.ts': { scope: random },
  'images-needed.ts': { scope: () => ({ margin }) },
  'margin-p-value.ts': { scope: () => ({ margin }) },
  'multinomial.ts': { scope: random },
  'noncentral-hypergeometric-table.ts': { scope: () => ({ table: tableOf(1, 1, 0, 2) }) },
  'paired-bootstrap.ts': {
    scope: () => ({ counts: { both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, ...random() }),
    read: lengthOf,
  },
  'parity-null.ts': { scope: () => ({ groups: CRIME, ...random() }), roughly: 0.03 },
  'partition-test.ts': { scope: random },
  'percentile-interval.ts': { scope: () => ({ replicates: gaps() }) },
  'resample-counts.ts': { scope: random, read: (value) => Array.from(value as Float64Array) },
  'smallest-detectable-rate.ts': { scope: () => ({ margin }) },
  'spread-of-counts.ts': { scope: () => ({ into: new Float64Array(6) }), read: (_, { into }) => into },
  'stratified-bootstrap.ts': { scope: () => ({ groups: groupsOf([56, 48], [70, 80]), ...random() }), read: lengthOf },
  'stuart-maxwell-permutation.ts': { scope: random, roughly: 0.1 },
  'two-sample-bootstrap.ts': { scope: random },
  'total-variation-null.ts': { scope: () => ({ first: alike(118), second: alike(10836), ...random() }), roughly: 0.02 },
}

describe('examples in docstrings', async () => {
  const everything = await statisticsExports()
  const examples = docstringExamples()

  it.each(examples)('$file: $call', ({ file, call, printed }) => {
    const { scope, read, roughly } = SET_UPS[file] ?? { scope: () => ({}) }
    const given = scope()
    const value = valueOf(call, { ...everything, ...given })
    expect(printed, 'an example prints its result').not.toBeNull()
    expect(disagreements(printed ?? '', read === undefined ? value : read(value, given), roughly)).toEqual([])
  })

  it('need no set-up that is not there for one of them', () =>
    expect(Object.keys(SET_UPS).filter((file) => !examples.some((example) => example.file === file))).toEqual([]))

  it('stand in every file that exports a function of numbers', () => {
    const without = statisticsFiles().filter((file) => !examples.some((example) => example.file === file))
    expect(without).toEqual(WITHOUT_EXAMPLE)
  })
})

/** Parts that only serve other files, which have examples. */
const WITHOUT_EXAMPLE = [
  'breslow-day-statistic.ts',
  'comparable-strata.ts',
  'contingency-table.ts',
  'flow-matrix.ts',
  'fourfold-tables.ts',
  'marginal-homogeneity.ts',
  'p-values.ts',
  'proportion.ts',
  'require-draws.ts',
  'require-groups.ts',
  'require-level.ts',
  'sorted-replicates.ts',
]

describe('disagreements', () => {
  it.each([
    ['0.052', 0.0524, []],
    ['0.053', 0.0524, ['0.053']],
    ['2', 2, []],
    ['2', 2.4, ['2']],
    ['1.8e-41', 1.8432e-41, []],
    ['1.9e-41', 1.8432e-41, ['1.9e-41']],
    ['2/3, or so', 2 / 3, []],
    ['4,999 differences', 4999, []],
    ['{ low: 0.1, high: 0.2 }', { low: 0.1, high: 0.2 }, []],
    ['{ low: 0.1, high: 0.2 }', { low: 0.2, high: 0.1 }, ['low 0.1', 'high 0.2']],
    ['value 0.1, interval 0.2 to 0.3', { value: 0.1, interval: { low: 0.2, high: 0.3 } }, []],
    ['[0.1, null]', [0.1, 0.2], ['null']],
    ['nothing', 3, ['no number']],
  ])('of "%s" and %j are %j', (printed, value, expected) => expect(disagreements(printed, value)).toEqual(expected))

  it('hold large whole numbers against their digits', () => {
    expect(disagreements('0xffn', 255n)).toEqual([])
    expect(disagreements('0xfen', 255n)).toEqual(['0xfen'])
  })

  it('allow for random draws where told to', () => {
    expect(disagreements('0.50', 0.52)).toEqual(['0.50'])
    expect(disagreements('0.50', 0.52, 0.05)).toEqual([])
  })
})
