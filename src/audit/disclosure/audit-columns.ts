import type { Facts } from '../types/facts.js'
import { labelColumns, type Column } from './label-columns.js'
import type { Line } from './linked-cells.js'
import type { RateTable } from './rate-tables.js'

/** Columns that some tables are printed from, with how they add up across. */
export type Block = {
  readonly tables: readonly RateTable[]
  readonly columns: readonly Column[]
  readonly lines: readonly Line[]
  readonly of: (table: RateTable) => TableColumns
  /** Key of the column of decided images. */
  readonly decided: string
}

/** Keys of the columns of a table: images inside its outcome, outside, and all of them. */
export type TableColumns = { readonly inside: string; readonly outside: string; readonly total: string }

const ATTEMPTS = 'attempts'
const FAILED = 'failed'
const DECIDED = 'decided'

/** Whether every processed image has a decision. Images decided are then those processed, under every label set. */
export function isAllDecided({ tallies }: Facts): boolean {
  return tallies.every(({ undecided }) => undecided === 0)
}

/** The columns of every label set and of the failures, failures first and images decided last: among equal numbers the earlier is
 *  suppressed first, and whatever is printed needs the number of decided images. */
export function auditColumns(facts: Facts, tables: readonly RateTable[]): Block[] {
  const failures = tables.filter(({ counted }) => counted === null)
  const sets = facts.evidence.flatMap(({ id }) => facts.labelSets.map((labelSet) => ({ evidence: id, labelSet })))
  const blocks = sets.map(({ evidence, labelSet }) => {
    const own = tables.filter(({ family }) => family.evidence === evidence && family.labelSet === labelSet.id)
    const tallies = facts.tallies.filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet.id)
    const total = isAllDecided(facts) ? DECIDED : JSON.stringify([DECIDED, evidence, labelSet.id])
    const outcomes = own.flatMap(({ counted }) => counted ?? [])
    const { columns, lines, of } = labelColumns(labelSet, tallies, { evidence, outcomes, total })
    const decided: Column = { key: total, inCells: tallies.map((tally) => tally.total), givesAway: [total] }
    return {
      tables: own,
      columns: [...columns, decided],
      lines,
      of: ({ counted }: RateTable) => ({ ...(counted === null ? FAILURES : of(counted)), total }),
      decided: total,
    }
  })
  return [...(failures.length === 0 ? [] : [failureBlock(facts, failures)]), ...blocks.filter(hasTables)]
}

const FAILURES = { inside: FAILED, outside: DECIDED }

function hasTables({ tables }: Block): boolean {
  return tables.length > 0
}

function failureBlock({ dataset: { cells } }: Facts, tables: readonly RateTable[]): Block {
  const failed = cells.map(({ quarantined }) => quarantined.reduce((sum, [, images]) => sum + images, 0))
  const processed = cells.map((cell) => cell.processed)
  const givesAway = [FAILED, DECIDED]
  return {
    tables,
    columns: [
      { key: ATTEMPTS, inCells: failed.map((images, cell) => images + processed[cell]), givesAway },
      { key: FAILED, inCells: failed, givesAway },
      { key: DECIDED, inCells: processed, givesAway: [DECIDED] },
    ],
    lines: [{ parts: [FAILED, DECIDED], total: ATTEMPTS }],
    of: () => ({ ...FAILURES, total: ATTEMPTS }),
    decided: DECIDED,
  }
}
