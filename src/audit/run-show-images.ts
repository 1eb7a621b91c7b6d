import { dirname } from 'node:path'
import { existsSync } from 'node:fs'
import { readAudit } from './audit-file/read-audit.js'
import { countedImages, type CountedImages, type CountWanted } from './counted-images.js'
import { readImagesCsv } from './dataset/images-table.js'
import { readDecisionsFile } from './dataset/read-decisions.js'
import { shortestSingle } from './dataset/shortest-single.js'
import { labelSetOfFacts } from './describe-facts.js'
import { DatasetError } from './errors.js'
import { keptPaths } from './kept-paths.js'
import { crossRows } from './scoring/cells.js'
import type { AuditResult } from './types/audit.js'
import type { LabelSetFacts } from './types/facts.js'
import type { Dataset } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'

export type ShowImages = CountWanted & {
  /** Path of a saved audit. */
  readonly audit: string
  /** The decisions and images kept with it; null: beside it. */
  readonly decisions: string | null
  readonly images: string | null
  readonly sort: 'margin' | 'similarity'
}

/** One image behind a count. null where the decisions do not say. */
export type ShownImage = {
  readonly image: string
  readonly label: string
  readonly outcome: string
  readonly runnerUp: string | null
  readonly similarity: number | null
  readonly margin: number | null
  readonly isNearTie: boolean | null
}

export type ShownImages = Pick<CountedImages, 'evidence' | 'group' | 'outcome'> & {
  readonly auditId: string
  readonly labelSet: string
  /** What the audit counted; as many images are listed. */
  readonly count: number
  /** Decided images of the group. */
  readonly total: number
  readonly images: readonly ShownImage[]
}

/** Lists the images behind one count of a saved audit, from the decisions and annotations that were kept on this machine. Clearest lead
 *  (or highest similarity) first; without scores in the order of the dataset. Throws DatasetError where nothing was kept, and where what
 *  was kept does not have the audit's counts: then these are not the decisions of this audit. */
export async function runShowImages(plan: ShowImages): Promise<ShownImages> {
  const audit = await readAudit(plan.audit)
  const counted = countedImages(audit, plan)
  const files = keptFiles(plan, audit, counted.evidence)
  const dataset = await readImagesCsv(files.images, audit.facts.dataset.attributes)
  const read = await readDecisionsFile(files.decisions, dataset, [labelSetOfFacts(counted.labelSet)])
  const [decisions] = read.decisions
  const rows = rowsOfGroup(dataset, audit, counted).filter((row) => decisions.winner[row] >= 0)
  requireSameCounts(rows, decisions, counted, files.decisions)
  const { labels } = counted.labelSet
  const images = rows
    .filter((row) => counted.categories.includes(labels[decisions.winner[row]].outcome))
    .map((row) => imageOf(row, { dataset, decisions, labels, nearTie: audit.facts.nearTie }))
  return {
    auditId: audit.auditId,
    evidence: counted.evidence,
    labelSet: counted.labelSet.id,
    group: counted.group,
    outcome: counted.outcome,
    count: images.length,
    total: rows.length,
    images: images.sort((a, b) => descending(a[plan.sort], b[plan.sort])),
  }
}

function keptFiles(plan: ShowImages, { facts }: AuditResult, evidence: string): { decisions: string; images: string } {
  const kept = keptPaths(dirname(plan.audit), facts, { evidence, decisions: plan.decisions })
  const { decisions, images } = { ...kept, images: plan.images ?? kept.images }
  const absent = [decisions, images].filter((file) => !existsSync(file))
  if (absent.length === 0) return { decisions, images }
  const hint = 'Run the audit again with --decisions, which keeps both; stored embeddings are used again'
  throw new DatasetError(
    'show-images.not-kept',
    absent.map((at) => ({ at, expected: 'what probity audit --decisions keeps', received: 'no such file', hint })),
  )
}

/** Rows of the group, in the order of the file. */
function rowsOfGroup(dataset: Dataset, { facts }: AuditResult, { cells }: CountedImages): number[] {
  const crossed = crossRows(dataset, facts.dataset.cellAttributes)
  const keyOf = new Map(facts.dataset.cells.map(({ group }, index) => [JSON.stringify(group), index] as const))
  const wanted = new Set(cells)
  const isWanted = crossed.groups.map((group) => wanted.has(keyOf.get(JSON.stringify(group)) ?? -1))
  return [...dataset.images.keys()].filter((row) => isWanted[crossed.cellOfRow[row]])
}

/** Label by label, so that other decisions are not taken for those of this audit because a sum happens to be the same. */
function requireSameCounts(
  rows: readonly number[],
  { winner }: Decisions,
  { labelSet, counts }: CountedImages,
  at: string,
): void {
  const found = new Uint32Array(labelSet.labels.length)
  for (const row of rows) found[winner[row]]++
  const differing = counts.filter(([, images], label) => images !== found[label])
  if (differing.length === 0) return
  const [label, images] = differing[0]
  const kept = found[counts.findIndex(([id]) => id === label)]
  throw new DatasetError('show-images.other-decisions', {
    at,
    expected: `the decisions that this audit counted (${images} of this group with the label "${label}")`,
    received: `others (${kept}; ${differing.length} of ${counts.length} labels differ)`,
    hint: 'Name the files kept by the same run, with --decisions and --images, or run the audit again with --decisions',
  })
}

type Row = {
  readonly dataset: Dataset
  readonly decisions: Decisions
  readonly labels: LabelSetFacts['labels']
  readonly nearTie: number
}

function imageOf(row: number, { dataset, decisions, labels, nearTie }: Row): ShownImage {
  const { winner, runnerUp, scores } = decisions
  return {
    image: dataset.images[row],
    label: labels[winner[row]].id,
    outcome: labels[winner[row]].outcome,
    runnerUp: runnerUp[row] < 0 ? null : labels[runnerUp[row]].id,
    similarity: numberOf(scores?.similarity[row]),
    margin: numberOf(scores?.margin[row]),
    isNearTie: scores === null || Number.isNaN(scores.margin[row]) ? null : scores.margin[row] <= nearTie,
  }
}

/** A score is NaN where the decisions have none. */
function numberOf(score: number | undefined): number | null {
  return score === undefined || Number.isNaN(score) ? null : shortestSingle(score)
}

/** Largest first, what has no score last. */
function descending(a: number | null, b: number | null): number {
  return (b ?? -Infinity) === (a ?? -Infinity) ? 0 : (b ?? -Infinity) - (a ?? -Infinity)
}
