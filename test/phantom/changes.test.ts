import { beforeAll, describe, expect, it } from 'vitest'
import { changeRecords } from '../../src/audit/findings/change-records.js'
import { planChanges } from '../../src/audit/findings/plan-changes.js'
import { planPairs } from '../../src/audit/findings/plan-pairs.js'
import { createRandom, type Random } from '../../src/audit/statistics/random.js'
import type { LabelSet } from '../../src/audit/types/definitions.js'
import type { Facts } from '../../src/audit/types/facts.js'
import type { ChangeRecord, PairedCell } from '../../src/audit/types/paired.js'
import { drawTruth, type TruthRow } from '../../src/phantom/draw-truth.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import type { World } from '../../src/phantom/world.js'
import { CRIME, FLAGGED, NON_HUMAN, probeOf, SHA } from '../support/definitions.js'
import { factsOf } from '../support/facts.js'

const SEEDS = Array.from({ length: 200 }, (_, index) => 20_270_000 + index) // fixed beforehand; not chosen for the result
const MOVED = 0.1 // share of the flagged images that the null design lets go
const CHANGED_AGES = ['0-2', '3-9', '10-19']

/** What the second label set says of one image. */
type Second = (row: TruthRow, random: Random) => string

const WORLD = readShippedWorld()
const FIRST = labelSetOf(WORLD, 'clip-paper', [])
const WITH_CHILD = labelSetOf(WORLD, 'clip-paper-child', [WORLD.child.label])
const NULL_DESIGN = { ...labelSetOf(WORLD, 'null-design', []), templates: ['a sketch of {label}'] }

describe('label sets compared on the phantom under bernoulli sampling', () => {
  let withChild: ChangeRecord[][]
  let underNull: ChangeRecord[][]

  beforeAll(() => {
    withChild = recordsOfSeeds(WITH_CHILD, (row) => row.winners[1])
    underNull = recordsOfSeeds(NULL_DESIGN, nullDesign())
  })

  it('recovers what the label child was planted to change: lower for the three youngest groups, in every seed', () => {
    const verdicts = withChild.map((records) => CHANGED_AGES.map((age) => verdictOn(records, age)))
    expect(verdicts.filter((all) => all.some((verdict) => verdict !== 'change lower'))).toEqual([])
  })

  it('calls nothing a change above 30, where less than a point is planted, in more than 5 % of the seeds', () => {
    const older = ['30-39', '40-49', '50-59', '60-69', 'more than 70']
    const seeds = withChild.filter((records) => older.some((age) => verdictOn(records, age).startsWith('change')))
    expect(seeds.length / SEEDS.length).toBeLessThanOrEqual(0.05)
  })

  it.each(['race', 'age'])(
    'calls a design that moves equal expected numbers in and out a change in at most one seed of twenty, by %s',
    (attribute) => {
      const changed = underNull.filter((records) =>
        records.some(({ groupBy, verdict }) => groupBy[0] === attribute && verdict.kind === 'change'),
      )
      expect(changed.length / SEEDS.length).toBeLessThanOrEqual(0.05)
    },
  )

  it('sees that design move images: most groups differ image by image, though not in their rates', () => {
    const moved = underNull.flatMap((records) => records.filter(({ outcome }) => outcome === 'flagged'))
    const bothWays = moved.filter(({ paired }) => paired.onlyFirst > 0 && paired.onlySecond > 0)
    expect(bothWays.length / moved.length).toBeGreaterThan(0.8)
    const mean = moved.reduce((sum, { difference }) => sum + (difference.value ?? NaN), 0) / moved.length
    expect(Math.abs(mean)).toBeLessThan(0.002)
  })
})

/** Lets flagged images go with one chance, and puts as many others into each outcome as it is expected to lose, in every race and age. */
function nullDesign(): Second {
  const flagged = new Set([...WORLD.outcomes.crime, ...WORLD.outcomes.nonHuman])
  const cells = new Map(WORLD.cells.map((cell) => [`${cell.race} ${cell.age}`, cell]))
  return ({ race, age, winners: [winner] }, random) => {
    const cell = cells.get(`${race} ${age}`)
    if (cell === undefined) throw new Error(`no cell of ${race} ${age}`)
    const draw = random.uniform()
    if (flagged.has(winner)) return draw < MOVED ? WORLD.people[0].label : winner
    const others = Math.max(1, cell.images - cell.crime - cell.nonHuman)
    if (draw < (MOVED * cell.crime) / others) return WORLD.outcomes.crime[0]
    return draw < (MOVED * (cell.crime + cell.nonHuman)) / others ? WORLD.outcomes.nonHuman[0] : winner
  }
}

function recordsOfSeeds(second: LabelSet, decide: Second): ChangeRecord[][] {
  const facts = factsOf({
    attributes: [
      { name: 'race', values: WORLD.race.labels.map(([value]) => value) },
      { name: 'age', values: WORLD.age.labels.map(([value]) => value) },
    ],
    blocks: WORLD.cells.map(({ race, age, images }) => ({ of: [race, age], images, label: FIRST.labels[0].id })),
    labelSets: [FIRST],
    probes: [
      probeOf({
        measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] },
        groupBy: [['race'], ['age']],
      }),
    ],
    simulated: true,
  })
  const labelSets = [facts.labelSets[0], { ...facts.labelSets[0], ...describedAs(second) }]
  const [pair] = planPairs(facts.probes, labelSets, ['e1'])
  const cellOf = new Map(
    facts.dataset.cells.map(({ group }, cell) => [group.map(([, value]) => value).join(' '), cell]),
  )
  return SEEDS.map((seed) => {
    const random = createRandom(seed, 'second-design')
    const { rows } = drawTruth(WORLD, 'bernoulli', seed)
    const cells = countFlows(rows, (row) => decide(row, random), cellOf)
    const paired = planChanges([{ ...pair, cells }], { ...facts, labelSets })
    return changeRecords({ ...facts, labelSets, paired })
  })
}

function describedAs({
  id,
  templates,
  labels,
}: LabelSet): Pick<Facts['labelSets'][number], 'id' | 'templates' | 'labels'> {
  return { id, templates, labels }
}

function countFlows(
  rows: readonly TruthRow[],
  decide: (row: TruthRow) => string,
  cellOf: ReadonlyMap<string, number>,
): PairedCell[] {
  const counts = [...cellOf].map(() => new Map<string, { from: string; to: string; images: number }>())
  for (const row of rows) {
    const [from, to] = [row.winners[0], decide(row)]
    const cell = counts[cellOf.get(`${row.race} ${row.age}`) ?? -1]
    const flow = cell.get(`${from} ${to}`) ?? { from, to, images: 0 }
    flow.images++
    cell.set(`${from} ${to}`, flow)
  }
  return counts.map((cell) => ({
    flows: [...cell.values()].map(({ from, to, images }) => [from, to, images] as const),
    nearTies: [],
    onlyFirst: 0,
    onlySecond: 0,
  }))
}

function verdictOn(records: readonly ChangeRecord[], age: string): string {
  const found = records.find(({ group, outcome }) => outcome === 'flagged' && group[0][1] === age)
  if (found === undefined) throw new Error(`no change of ${age}`)
  const { verdict } = found
  return verdict.kind === 'change' ? `change ${verdict.direction}` : verdict.kind
}

function labelSetOf(world: World, id: string, more: readonly string[]): LabelSet {
  const label = (outcome: string) => (name: string) => ({ id: name, text: name, outcome, implies: [] })
  const people = [...world.people.map((person) => person.label), ...more]
  return {
    id,
    title: id,
    source: 'the phantom',
    templates: ['a photo of {label}'],
    outcomes: [
      { id: 'person', harm: 'none' },
      { id: 'crime', harm: 'denigration' },
      { id: 'non-human', harm: 'denigration' },
    ],
    labels: [
      ...world.people.map((person) => person.label).map(label('person')),
      ...world.outcomes.crime.map(label('crime')),
      ...world.outcomes.nonHuman.map(label('non-human')),
      ...people.slice(world.people.length).map(label('person')),
    ],
    sha256: SHA,
  }
}
