import { activationOf } from '../../scoring/activation-of.js'
import { confidenceBin } from '../../statistics/confidence-bin.js'
import { createRandom } from '../../statistics/random.js'
import type { CalibrationObserved } from '../../types/observed/calibration.js'
import { atScale } from '../at-scale.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { brierDifferences } from './brier-differences.js'
import { chanceErrors, tableOf } from './chance-errors.js'
import { judgeImages, type Judged } from './judge-images.js'
import { attributesAsked, oneToOne } from './one-to-one.js'

type Input = ObserveInput<'calibration'>

/** Counts, for every label set and attribute that it implies one to one, how often images are right in each bin of the probability of their
 *  label (measures.md B10). A model without a logit scale has no probabilities: then nothing is counted. */
export async function observeCalibration(input: Input): Promise<CalibrationObserved[]> {
  const { designs, measure, people } = input
  const observed: CalibrationObserved[] = []
  for (const design of designs)
    for (const attribute of attributesAsked(measure, design.labelSet))
      if (people.attributes.some(({ name }) => name === attribute))
        observed.push(await observeAttribute(design, attribute, input))
  return observed
}

async function observeAttribute(design: ScoredDesign, attribute: string, input: Input): Promise<CalibrationObserved> {
  const { measure, people } = input
  const activation = activationOf(input)
  const of = {
    kind: 'calibration' as const,
    probe: input.probe,
    evidence: input.evidence,
    labelSet: design.labelSet.id,
    attribute,
    bins: measure.bins,
    ...atScale(input),
  }
  if (activation === null) return { ...of, leftOut: 0, cells: [], groups: [] }
  const values = oneToOne(design.labelSet, attribute) ?? []
  const { cells, leftOut } = await judgeImages(design, { people, values, attribute, activation })
  return {
    ...of,
    leftOut,
    cells: cells.flatMap((images, cell) => (images.length === 0 ? [] : [countsOf(images, cell, measure.bins)])),
    groups: groupsOf(cells, `${input.probe}/${design.labelSet.id}/${attribute}`, input),
  }
}

function countsOf(images: readonly Judged[], cell: number, bins: number): CalibrationObserved['cells'][number] {
  const binOf = images.map(({ probability }) => confidenceBin(probability, bins))
  const sum = (of: (image: Judged) => number): number => images.reduce((total, image) => total + of(image), 0)
  return {
    cell,
    bins: tableOf(images, binOf, bins).flatMap(({ images: number, right, probability }, bin) =>
      number === 0 ? [] : [[bin, number, right, probability] as const],
    ),
    squares: [sum(lossOf), sum(({ allClasses }) => allClasses)],
  }
}

function groupsOf(cells: readonly (readonly Judged[])[], stream: string, input: Input): CalibrationObserved['groups'] {
  const { measure, people, groupBy, derive, seed } = input
  const rows = rowGroups({ cells: people.cells.groups, attributes: people.attributes }, groupBy, derive)
    .map((row) => ({ ...row, cells: row.cells.filter((cell) => cells[cell].length > 0) }))
    .filter((row) => row.cells.length > 0)
  const chance = chanceErrors(
    cells,
    rows.map((row) => row.cells),
    { bins: measure.bins, draws: measure.draws, random: createRandom(seed, `calibration-chance/${stream}`) },
  )
  const differences = differencesOf(rows, cells, stream, input)
  return rows.map((row, index) => ({
    group: row.group,
    chance: chance[index],
    difference: differences.get(row.key) ?? null,
  }))
}

/** A stream of its own for every `groupBy`, so that asking for one more moves no bound of another. */
function differencesOf(
  rows: readonly RowGroup[],
  cells: readonly (readonly Judged[])[],
  stream: string,
  { measure, people, groupBy, policy, seed }: Input,
): Map<string, ReturnType<typeof brierDifferences>[number]> {
  const subjectsRepeat = people.subjects !== null && new Set(people.subjects).size < people.subjects.length
  return new Map(
    groupBy.flatMap((attributes) => {
      const groups = rows.filter((row) => row.groupBy === attributes && row.comparable)
      const losses = groups.map((row) => Float64Array.from(row.cells.flatMap((cell) => cells[cell].map(lossOf))))
      const random = createRandom(seed, `calibration-brier/${stream}/${JSON.stringify(attributes)}`)
      const limits = {
        minimum: policy.minimumImages,
        alpha: policy.alpha,
        draws: measure.draws,
        random,
        subjectsRepeat,
      }
      return brierDifferences(losses, limits).map((difference, index) => [groups[index].key, difference] as const)
    }),
  )
}

function lossOf({ probability, right }: Judged): number {
  return (probability - right) ** 2
}
