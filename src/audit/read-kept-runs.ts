import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { readImagesCsv } from './dataset/images-table.js'
import { readDecisionsFile } from './dataset/read-decisions.js'
import { labelSetOfFacts } from './describe-facts.js'
import { DatasetError } from './errors.js'
import { keptPaths } from './kept-paths.js'
import { crossRows, type RowCells } from './scoring/cells.js'
import type { Run } from './scoring/paired-cells.js'
import { tally } from './scoring/tally.js'
import type { AuditResult } from './types/audit.js'
import type { Dataset } from './types/dataset.js'
import type { Facts } from './types/facts.js'

/** A saved audit with where its decisions were kept. */
export type KeptAudit = {
  readonly audit: AuditResult
  /** Path of audit.json. */
  readonly file: string
  /** decisions.csv of its first model, beside which those of the others lie; null: beside the audit. */
  readonly decisions: string | null
}

/** Where the decisions of one evidence and the images of an audit were kept; null where they were not. */
export function keptFiles(
  { audit, file, decisions }: KeptAudit,
  evidence: string,
): { decisions: string; images: string } | null {
  const isFirst = evidence === audit.facts.evidence.at(0)?.id
  const named = { evidence, decisions: isFirst ? decisions : null }
  const paths = keptPaths(dirname(decisions ?? file), audit.facts, named)
  return existsSync(paths.decisions) && existsSync(paths.images) ? paths : null
}

/** The rows of the images that an audit kept, in the cells of `facts`. */
export async function readKeptImages(images: string, facts: Facts): Promise<{ dataset: Dataset; cells: RowCells }> {
  const dataset = await readImagesCsv(images, facts.dataset.attributes)
  return { dataset, cells: cellsAsIn(facts, dataset, images) }
}

/** The cells in which an audit counted, in its order. */
function cellsAsIn(facts: Facts, dataset: Dataset, at: string): RowCells {
  const crossed = crossRows(dataset, facts.dataset.cellAttributes)
  const places = new Map(facts.dataset.cells.map(({ group }, cell) => [JSON.stringify(group), cell] as const))
  const placeOf = crossed.groups.map((group) => places.get(JSON.stringify(group)) ?? -1)
  if (placeOf.includes(-1)) throw otherDecisions(at)
  const groups = facts.dataset.cells.map(({ group }) => group)
  return { ...crossed, groups, cellOfRow: crossed.cellOfRow.map((cell) => placeOf[cell]) }
}

/** What one run of a saved audit decided for the rows of `dataset`. Throws DatasetError where these are not the decisions that the audit
 *  counted. */
export async function readKeptRun(
  kept: KeptAudit,
  dataset: Dataset,
  wanted: { readonly evidence: string; readonly labelSet: string; readonly file: string },
): Promise<Run> {
  const { facts } = kept.audit
  const stated = facts.labelSets.find(({ id }) => id === wanted.labelSet)
  if (stated === undefined) throw new RangeError(`no label set ${wanted.labelSet}`)
  const labelSet = labelSetOfFacts(stated)
  const { decisions } = await readDecisionsFile(wanted.file, dataset, [labelSet])
  const cells = cellsAsIn(facts, dataset, wanted.file) // its own: two audits may group by other attributes
  const processed = (): boolean => true // only processed images are kept
  const counted = tally({ evidence: wanted.evidence, labelSet, decisions: decisions[0], cells, processed, nearTie: facts.nearTie }) // prettier-ignore
  const expected = facts.tallies.filter((each) => each.evidence === wanted.evidence && each.labelSet === stated.id)
  const isSame = counted.every(
    ({ counts }, cell) => JSON.stringify(counts) === JSON.stringify(expected.at(cell)?.counts),
  )
  if (!isSame) throw otherDecisions(wanted.file)
  return { labelSet, decisions: decisions[0] }
}

function otherDecisions(at: string): DatasetError {
  return new DatasetError('compare.other-decisions', {
    at,
    expected: 'the decisions that the audit counted',
    received: 'others',
    hint: 'Name the files kept by the same run, or run the audit again with --decisions',
  })
}
