import type { LabelSetFacts, Tally } from '../types/facts.js'
import type { ProbeOutcome } from '../types/measures.js'
import type { Line } from './linked-cells.js'

/** A number of images in every base cell of the dataset. */
export type Column = {
  readonly key: string
  readonly inCells: readonly number[]
  /** Keys of the columns whose numbers must not be small where this one is printed: k and n - k both, for k. */
  readonly givesAway: readonly string[]
}

/** The columns of one label set: for every outcome that is counted the images inside and outside. */
export type LabelColumns = {
  readonly columns: readonly Column[]
  /** By column key: inside and outside add up to all; outcomes add up to their unions. */
  readonly lines: readonly Line[]
  /** Keys of the columns inside and outside an outcome. */
  readonly of: (outcome: ProbeOutcome) => { readonly inside: string; readonly outside: string }
}

/** The columns of the outcomes of one label set, with how they add up to `total`, the column of all decided images. Labels that no
 *  outcome tells apart are one part; every outcome, and every union or remainder of outcomes, is a sum of such parts. */
export function labelColumns(
  { id, labels }: LabelSetFacts,
  tallies: readonly Tally[],
  { evidence, outcomes, total }: { evidence: string; outcomes: readonly ProbeOutcome[]; total: string },
): LabelColumns {
  const insideOf = ({ categories }: ProbeOutcome): string[] =>
    labels.filter((label) => categories.includes(label.outcome)).map((label) => label.id)
  const outsideOf = (outcome: ProbeOutcome): string[] =>
    labels.map((label) => label.id).filter((label) => !insideOf(outcome).includes(label))
  const keyOf = (chosen: readonly string[]): string => JSON.stringify([evidence, id, chosen])
  const parts = partsOf(
    labels.map((label) => label.id),
    outcomes.map(insideOf),
  )
  const sets = [...outcomes.flatMap((outcome) => [insideOf(outcome), outsideOf(outcome)]), ...parts]
  const distinct = [
    ...new Map(sets.filter(({ length }) => length > 0).map((chosen) => [keyOf(chosen), chosen] as const)).values(),
  ]
  const outsides = new Map(
    outcomes.flatMap((outcome) => [
      [keyOf(insideOf(outcome)), outsideOf(outcome)] as const,
      [keyOf(outsideOf(outcome)), insideOf(outcome)] as const,
    ]),
  )
  const othersOf = (chosen: readonly string[]): string[] => {
    const others = outsides.get(keyOf(chosen)) ?? []
    return others.length === 0 ? [] : [keyOf(others)]
  }
  const partLines = distinct.map((chosen) => ({
    parts: parts.filter(([first]) => chosen.includes(first)).map(keyOf),
    total: keyOf(chosen),
  }))
  return {
    columns: distinct.map((chosen) => ({
      key: keyOf(chosen),
      inCells: countLabels(tallies, chosen),
      givesAway: [keyOf(chosen), ...othersOf(chosen)],
    })),
    lines: [
      ...partLines.filter((line) => line.parts.length > 1),
      ...outcomes.map((outcome) => ({
        parts: [insideOf(outcome), outsideOf(outcome)].filter(({ length }) => length > 0).map(keyOf),
        total,
      })),
    ],
    of: (outcome) => ({ inside: keyOf(insideOf(outcome)), outside: keyOf(outsideOf(outcome)) }),
  }
}

/** Labels that the same sets hold stand together. */
function partsOf(labels: readonly string[], sets: readonly (readonly string[])[]): string[][] {
  const parts = new Map<string, string[]>()
  for (const label of labels) {
    const key = sets.map((chosen) => (chosen.includes(label) ? '1' : '0')).join('')
    parts.set(key, [...(parts.get(key) ?? []), label])
  }
  return [...parts.values()]
}

function countLabels(tallies: readonly Tally[], chosen: readonly string[]): number[] {
  return tallies.map(({ counts }) =>
    counts.reduce((sum, [label, images]) => (chosen.includes(label) ? sum + images : sum), 0),
  )
}
