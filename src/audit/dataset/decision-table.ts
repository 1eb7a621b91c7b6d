import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Dataset, Warning } from '../types/dataset.js'
import type { Decisions } from '../types/decisions.js'
import type { LabelSet } from '../types/definitions.js'
import type { DecisionColumn } from './decision-columns.js'
import { DecisionFault, checkOutcome, labelIndex, runnerUpIndex, scoreOf } from './decision-cells.js'
import { rowFinder } from './rows-by-name.js'
import { MOST_FAULTS, quotedList, refuse } from './refusals.js'

/** The cells of one row by column; undefined where there is no such column. */
export type DecisionRow = Pick<ReadonlyMap<DecisionColumn, string>, 'get'>

export type DecisionTable = {
  /** Takes in one row of the file; throws DatasetError when twenty rows are wrong. */
  readonly add: (row: DecisionRow, line: number) => void
  /** The decisions of every label set of the run; throws DatasetError when rows were wrong or a label set has none. */
  readonly finish: () => Decisions[]
  readonly warnings: () => Warning[]
}

type Target = {
  readonly labelSet: LabelSet
  readonly indexOfLabel: ReadonlyMap<string, number>
  readonly decisions: Decisions
  /** Line of each dataset row's decision; 0 where there is none. */
  readonly lines: Uint32Array
}

/** Gathers the rows of a decisions file into arrays over the rows of a dataset. */
export function decisionTable(
  file: string,
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  columns: readonly DecisionColumn[],
): DecisionTable {
  const targets = new Map(labelSets.map((labelSet) => [labelSet.id, newTarget(labelSet, dataset, columns)] as const))
  const rowOf = rowFinder(dataset)
  const faults: Fault[] = []
  const others = new Map<string, number>()
  const addRow = (row: DecisionRow, line: number): void => {
    const id = row.get('labelSet') ?? ''
    const target = targets.get(id)
    if (target === undefined) {
      others.set(id, (others.get(id) ?? 0) + 1) // a file may hold more label sets than a run asks for
      return
    }
    const index = imageRow(row, rowOf)
    if (target.lines[index] > 0) {
      const received = `a second one, after line ${target.lines[index]}`
      throw new DecisionFault({ field: 'image', expected: `one decision for ${quoted(row.get('image'))}`, received })
    }
    target.lines[index] = line
    setDecision(target, index, row)
  }
  const add = (row: DecisionRow, line: number): void => {
    try {
      addRow(row, line)
    } catch (error) {
      if (!(error instanceof DecisionFault)) throw error
      faults.push({ at: `${file}:${line}`, ...error.parts })
      if (faults.length === MOST_FAULTS) refuse('decisions.row', faults)
    }
  }
  const finish = (): Decisions[] => {
    refuse('decisions.row', faults)
    requireAll([...targets.values()], [...others.keys()], file)
    for (const target of targets.values()) forgetUnprocessed(target, dataset)
    return [...targets.values()].map(({ decisions }) => decisions)
  }
  return { add, finish, warnings: () => [...droppedWarning([...targets.values()], dataset), ...otherWarning(others)] }
}

function newTarget(labelSet: LabelSet, dataset: Dataset, columns: readonly DecisionColumn[]): Target {
  const rows = dataset.images.length
  const hasScores = columns.includes('similarity') && columns.includes('margin')
  const scores = {
    similarity: new Float32Array(rows).fill(NaN),
    margin: new Float32Array(rows).fill(NaN),
    probability: columns.includes('probability') ? new Float64Array(rows).fill(NaN) : null,
  }
  return {
    labelSet,
    indexOfLabel: new Map(labelSet.labels.map(({ id }, index) => [id, index] as const)),
    decisions: {
      labelSet: labelSet.id,
      winner: new Int32Array(rows).fill(-1),
      runnerUp: new Int32Array(rows).fill(-1),
      scores: hasScores ? scores : null,
      exactTies: new Uint8Array(rows),
    },
    lines: new Uint32Array(rows),
  }
}

function imageRow(row: DecisionRow, rowOf: ReturnType<typeof rowFinder>): number {
  const name = row.get('image') ?? ''
  const index = rowOf(name)
  if (index !== undefined) return index
  throw new DecisionFault({ field: 'image', expected: 'an image of the label file', received: quoted(name) })
}

function setDecision({ labelSet, indexOfLabel, decisions }: Target, index: number, row: DecisionRow): void {
  const winner = labelIndex('label', row, labelSet, indexOfLabel)
  checkOutcome(row, labelSet.labels[winner])
  const { scores } = decisions
  decisions.winner[index] = winner
  decisions.runnerUp[index] = runnerUpIndex(winner, row, labelSet, indexOfLabel)
  const score = {
    similarity: scoreOf('similarity', row),
    probability: scoreOf('probability', row),
    margin: scoreOf('margin', row),
  }
  if (scores === null) return
  scores.similarity[index] = score.similarity
  scores.margin[index] = score.margin
  if (scores.probability !== null) scores.probability[index] = score.probability
  decisions.exactTies[index] = score.margin === 0 ? 1 : 0
}

function requireAll(targets: readonly Target[], others: readonly string[], file: string): void {
  const absent = targets.filter(({ lines }) => lines.every((line) => line === 0)).map(({ labelSet }) => labelSet.id)
  if (absent.length === 0) return
  throw new DatasetError('decisions.label-set-missing', {
    at: file,
    field: 'labelSet',
    expected: 'decisions for every label set of the run',
    received: `none for ${quotedList(absent)}`,
    hint:
      others.length === 0
        ? 'Name only the label sets that the file has'
        : `The file has ${quotedList(others.slice(0, 5))}`,
  })
}

/** A decision about a row that is not processed has nothing to be counted in. */
function forgetUnprocessed({ decisions }: Target, dataset: Dataset): void {
  for (const row of [...dataset.excluded.keys(), ...dataset.quarantined.keys()]) {
    decisions.winner[row] = -1
    decisions.runnerUp[row] = -1
    decisions.exactTies[row] = 0
    decisions.scores?.similarity.fill(NaN, row, row + 1)
    decisions.scores?.margin.fill(NaN, row, row + 1)
    decisions.scores?.probability?.fill(NaN, row, row + 1)
  }
}

function droppedWarning(targets: readonly Target[], dataset: Dataset): Warning[] {
  const unprocessed = [...dataset.excluded.keys(), ...dataset.quarantined.keys()]
  const count = targets.reduce((sum, { lines }) => sum + unprocessed.filter((row) => lines[row] > 0).length, 0)
  if (count === 0) return []
  const message = `${count} decisions are about images that are excluded or quarantined and are left out`
  return [{ code: 'decisions.not-processed', count, message }]
}

function otherWarning(others: ReadonlyMap<string, number>): Warning[] {
  if (others.size === 0) return []
  const count = [...others.values()].reduce((sum, rows) => sum + rows, 0)
  const message = `${count} decisions are under label sets that this run does not ask for (${quotedList([...others.keys()].slice(0, 5))}) and are left out`
  return [{ code: 'decisions.other-label-set', count, message }]
}
