import { variantOf } from './measures/retrieval-skew/retrieval-variants.js'
import type { RowGroup } from './measures/row-groups.js'
import type { Facts, LabelSetFacts, ProbeFacts } from './types/facts.js'
import type { Group } from './types/groups.js'
import type { MeasureKind, MeasureOf } from './types/measures.js'
import type { Observation, ObservationOf } from './types/observations.js'

/** What the counts of one observation are held against. */
export type Around = {
  readonly facts: Facts
  readonly probe: ProbeFacts
  /** null for an observation that asks none. */
  readonly labelSet: LabelSetFacts | null
  /** Everyone and every group of some groupings, with the processed images of each. */
  readonly groupsOf: (groupBys: readonly (readonly string[])[]) => readonly (RowGroup & { readonly images: number })[]
}

type Rules = { readonly [Kind in Observation['kind']]: (seen: ObservationOf<Kind>, around: Around) => boolean }

const ROUNDING = 1e-9 // of sums of probabilities, whose terms are added in float64

/** When the counts of each kind can have been counted: one rule a kind, of what its type says in words. */
export const OBSERVED_RULES: Rules = {
  abstention: ({ attributes, outcomes, thresholds }, around) =>
    thresholds.every(
      ({ cells }, step) =>
        isEveryImage(cells, around) &&
        cells.every(({ cell, images, kept, right, inOutcome }) => {
          const before = thresholds[step - 1]?.cells.find((one) => one.cell === cell)?.kept ?? images
          return (
            kept <= before && // ever more of the least certain images are left out
            right.length === attributes.length &&
            right.every((count) => count <= kept) &&
            inOutcome.length === outcomes.length &&
            sum(inOutcome) <= kept
          )
        }),
    ),
  'annotator-agreement': ({ annotators, categories, cells }, around) =>
    categories.every((id) => labelsOf(around).has(id)) &&
    fitsCells(cells, around, ({ patterns }) => sum(patterns.map(({ images }) => images))) &&
    cells.every(
      ({ patterns }) =>
        isDistinct(patterns.map(({ counts }) => counts.join(' '))) &&
        patterns.every(
          ({ counts, images }) =>
            images > 0 && counts.length === categories.length && isBetween(sum(counts), 1, annotators.length),
        ),
    ),
  'association-threshold': ({ thresholds }, around) =>
    thresholds.every(
      ({ cells }) =>
        isEveryImage(cells, around) &&
        cells.every(
          ({ images, without, labels }) =>
            isCountOfEach(labels, labelsOf(around), images - without) &&
            sum(labels.map(([, count]) => count)) >= images - without, // each of these has one label at least
        ),
    ),
  calibration: ({ bins, cells, leftOut, logitScale }, around) => {
    const imagesOf = (cell: (typeof cells)[number]): number => sum(cell.bins.map(([, images]) => images))
    const counted = logitScale === null ? 0 : around.facts.dataset.rows.processed
    return (
      sum(cells.map(imagesOf)) + leftOut === counted &&
      fitsCells(cells, around, imagesOf) &&
      cells.every(
        (one) =>
          isDistinct(one.bins.map(([bin]) => bin)) &&
          one.bins.every(([bin, images, right, probability]) => {
            const mean = probability / images
            const isInside = isBetween(mean, bin / bins - ROUNDING, (bin + 1) / bins + ROUNDING)
            return images > 0 && right <= images && bin < bins && isInside
          }) &&
          isBetween(one.squares[0], 0, imagesOf(one)) &&
          isBetween(one.squares[1], 0, 2 * imagesOf(one)),
      )
    )
  },
  'caption-association': ({ groupBy, groups, captions }, around) =>
    areGroups(groups, groupBy, around) &&
    isDistinct(captions.map(({ caption }) => caption)) &&
    captions.every(
      ({ caption, associations }) => labelsOf(around).has(caption) && associations.length === groups.length,
    ),
  'caption-test': ({ clusters, protocols }, around) =>
    isDistinct(protocols.map(({ protocol }) => protocol)) &&
    protocols.every(({ cells }) => {
      const asked = new Map<number, number>()
      for (const { cell, correct, close, other } of cells)
        asked.set(cell, (asked.get(cell) ?? 0) + correct + close + other)
      return (
        isDistinct(cells.map(({ cell, cluster }) => `${cell} ${cluster}`)) &&
        cells.every(({ cluster }) => clusters !== null || cluster === null) &&
        fitsCells([...asked].map(([cell, images]) => ({ cell, images })), around, ({ images }) => images) // prettier-ignore
      )
    }),
  'embedding-association': ({ tests }, around) =>
    isDistinct(tests.map(({ test }) => test)) &&
    tests.every(({ test, sizes }) => {
      const asked = measureOf('embedding-association', around).tests.find(({ id }) => id === test)
      if (asked === undefined) return false
      const groups = around.groupsOf([[asked.attribute]])
      const imagesOf = (value: string): number => groups.find(({ group }) => group.at(0)?.[1] === value)?.images ?? 0
      const wordsOf = (outcome: string): number =>
        around.labelSet?.labels.filter((label) => label.outcome === outcome).length ?? 0
      const expected = [imagesOf(asked.x), imagesOf(asked.y), wordsOf(asked.a), wordsOf(asked.b)]
      return expected.every((size, place) => size === sizes[place])
    }),
  'feature-sensitivity': ({ asTheyAre, attributes, outcomes, transforms }, around) => {
    const lengthsFit = (of: { readonly inOutcome: readonly unknown[]; readonly right: readonly unknown[] }): boolean =>
      of.inOutcome.length === outcomes.length && of.right.length === attributes.length
    const before = new Map(asTheyAre.map((one) => [one.cell, one] as const))
    const known = new Set(measureOf('feature-sensitivity', around).transforms.map(({ id }) => id))
    return (
      isEveryImage(asTheyAre, around) &&
      asTheyAre.every(
        (one) => lengthsFit(one) && [...one.inOutcome, ...one.right].every((count) => count <= one.images),
      ) && // prettier-ignore
      isDistinct(transforms.map(({ transform }) => transform)) &&
      transforms.every(
        ({ transform, cells }) =>
          known.has(transform) &&
          isEveryImage(
            cells.map(({ cell, images, failed }) => ({ cell, images: images + failed })),
            around,
          ) && // prettier-ignore
          cells.every((one) => {
            const own = before.get(one.cell)
            if (own === undefined || !lengthsFit(one) || one.changed > one.images) return false
            const whole = [...own.inOutcome, ...own.right]
            return [...one.inOutcome, ...one.right].every(
              ([both, lost, gained], place) =>
                both + lost + gained <= one.images &&
                lost + gained <= one.changed &&
                isBetween(whole[place] - both - lost, 0, one.failed), // those it held of are in a pair, or failed
            )
          }),
      )
    )
  },
  identity: ({ names, images, counts }, { facts }) =>
    names <= images &&
    images <= facts.dataset.rows.processed &&
    isDistinct(counts.map(({ classes }) => classes)) &&
    counts.every(
      ({ classes, draws, groups }) =>
        (draws.length === 0 || classes <= names) &&
        draws.every((draw) => draw.right <= draw.images && draw.images <= images) &&
        groups.every(({ value }) => value === null || isBetween(value, 0, 1)),
    ),
  'linear-probe': ({ classes, fits }, around) =>
    isDistinct(fits.map(({ shots, repeat }) => `${shots} ${repeat}`)) &&
    fits.every(
      ({ absent, cells, fewer }) =>
        [...absent, ...fewer].every((name) => classes.includes(name)) &&
        fitsCells(cells, around, (one) => sum(one.classes.map(([, images]) => images))) &&
        cells.every(
          (one) =>
            isDistinct(one.classes.map(([place]) => place)) &&
            one.classes.every(([place]) => place < classes.length && !absent.includes(classes[place])),
        ),
    ),
  markedness: ({ attributes }, around) =>
    isDistinct(attributes.map(({ attribute }) => attribute)) &&
    attributes.every(
      ({ attribute, cells }) =>
        measureOf('markedness', around).attributes.includes(attribute) &&
        fitsCells(cells, around, ({ images }) => images) &&
        cells.every(({ images, ties, unmarked }) => ties <= images && unmarked <= images),
    ),
  'retrieval-skew': ({ groupBy, groups, images, queries }, around) => {
    const { keepsTies } = variantOf(measureOf('retrieval-skew', around).as)
    const asked = groups.map((group, place) => ({ group, images: images[place] }))
    return (
      images.length === groups.length &&
      areGroups(asked, groupBy, around) &&
      isDistinct(queries.map(({ query }) => query)) &&
      queries.every(({ query, ranked, ties }) => {
        const places = ranked === '' ? [] : ranked.split(' ').map(Number)
        const [cut, , beyond] = ties.at(-1) ?? [0, 0, 0]
        return (
          labelsOf(around).has(query) &&
          places.length === cut + (keepsTies ? beyond : 0) &&
          places.every((place) => place in groups) &&
          images.every((most, group) => places.filter((place) => place === group).length <= most) &&
          ties.every(([inside, within, left]) => within <= inside && inside + left <= sum(images))
        )
      })
    )
  },
  'self-similarity': ({ groups }, around) => {
    const expected = around.groupsOf(around.probe.groupBy).filter(({ comparable }) => comparable)
    return isSame(groups.map(({ key, group, images }) => [key, group, images]), expected.map(({ key, group, images }) => [key, group, images])) // prettier-ignore
  },
  'top-k-association': ({ thresholds }, around) => {
    const outcomes = new Set(around.labelSet?.outcomes.map(([id]) => id))
    return thresholds.every(
      ({ cells }) =>
        isEveryImage(cells, around) &&
        cells.every(({ images, without, associations }) => isCountOfEach(associations, outcomes, images - without)),
    )
  },
}

type InCell = { readonly cell: number }

/** Each cell is there and given once, with no more images than were processed. */
function fitsCells<Counts extends InCell>(
  cells: readonly Counts[],
  { facts }: Around,
  imagesOf: (counts: Counts) => number,
): boolean {
  return (
    isDistinct(cells.map(({ cell }) => cell)) &&
    cells.every((counts) => imagesOf(counts) <= (facts.dataset.cells.at(counts.cell)?.processed ?? -1))
  )
}

/** The same, and no processed image is missing. */
function isEveryImage(cells: readonly (InCell & { readonly images: number })[], around: Around): boolean {
  const counted = sum(cells.map(({ images }) => images))
  return fitsCells(cells, around, ({ images }) => images) && counted === around.facts.dataset.rows.processed
}

/** The groups that can be compared, in order, with all their images. */
function areGroups(
  groups: readonly { readonly group: Group; readonly images: number }[],
  groupBy: readonly string[],
  { groupsOf, probe }: Around,
): boolean {
  const expected = groupsOf([groupBy]).filter(({ comparable, groupBy: own }) => comparable && own.length > 0)
  return (
    probe.groupBy.some((asked) => isSame(asked, groupBy)) &&
    isSame(groups.map(({ group, images }) => [group, images]), expected.map(({ group, images }) => [group, images])) // prettier-ignore
  )
}

/** Known names, each once, none with more images than there are. */
function isCountOfEach(
  counts: readonly (readonly [name: string, images: number])[],
  known: ReadonlySet<string>,
  most: number,
): boolean {
  return isDistinct(counts.map(([name]) => name)) && counts.every(([name, images]) => known.has(name) && images <= most)
}

function measureOf<Kind extends MeasureKind>(_: Kind, { probe }: Around): MeasureOf<Kind> {
  return probe.measure as MeasureOf<Kind> // an observation is of the kind of its probe: looked at before its rule
}

function labelsOf({ labelSet }: Around): ReadonlySet<string> {
  return new Set(labelSet?.labels.map(({ id }) => id))
}

function isDistinct(names: readonly (string | number)[]): boolean {
  return new Set(names).size === names.length
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
