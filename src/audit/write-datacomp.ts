import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { DefinitionError } from './errors.js'
import { DATACOMP_CODES, dataCompMetrics } from './measures/datacomp/metrics.js'
import { dataCompFault, dataCompLabelSets, type DataCompLabelSets } from './measures/datacomp/label-sets.js'
import { prepareFolder } from './prepare-folder.js'
import type { AuditResult } from './types/audit.js'
import type { EvidenceFacts, LabelSetFacts } from './types/facts.js'
import { evidenceSourceName } from './types/source-name.js'

/** Writes the fairness figures that DataComp reports, under its own keys, from a saved audit alone: datacomp.json, or one file for each of
 *  several models. Throws DefinitionError, at `at`, where the label sets or the dataset are not those that DataComp asks. */
export async function writeDataComp(audit: AuditResult, folder: string, at: string): Promise<string[]> {
  const { facts } = audit
  const sets = requireDataComp(facts.labelSets, at)
  const fault = dataCompFault(facts.dataset)
  if (fault !== null) {
    throw new DefinitionError('datacomp.dataset', {
      at,
      field: 'compat',
      expected: 'images counted by the races, genders and ages of FairFace',
      received: fault,
      hint: 'Run a probe that groups by race, gender and age, such as attribute-accuracy or denigration, over FairFace',
    })
  }
  await prepareFolder(folder)
  const files = facts.evidence.map((evidence) => ({
    path: join(folder, facts.evidence.length > 1 ? `datacomp-${evidence.id}.json` : 'datacomp.json'),
    text: readableJson(contentOf(audit, evidence, sets)),
  }))
  for (const { path, text } of files) await writeFileWhole(path, text)
  return files.map(({ path }) => path)
}

/** The label set of each of DataComp's objectives. Throws DefinitionError that names every one that is lacking. */
export function requireDataComp<Design extends Pick<LabelSetFacts, 'id' | 'labels'>>(
  labelSets: readonly Design[],
  at: string,
): DataCompLabelSets<Design> {
  const fit = dataCompLabelSets(labelSets)
  if ('found' in fit) return fit.found
  throw new DefinitionError(
    'datacomp.label-sets',
    fit.lacking.map(({ objective, expected, received }) => ({
      at,
      field: `compat datacomp: ${objective}`,
      expected,
      received: received === '' ? 'none' : received,
      hint: `Add ${objective === 'toxic' ? 'clip-paper' : `fairface-${objective}`}, or a label set of yours like it`,
    })),
  )
}

function contentOf({ auditId, facts }: AuditResult, evidence: EvidenceFacts, sets: DataCompLabelSets) {
  const { metrics, worst, counts } = dataCompMetrics(facts, evidence.id, sets)
  return {
    key: 'fairness/fairface',
    dataset: facts.dataset.id,
    model: evidenceSourceName(evidence, facts.models),
    metrics: Object.fromEntries(metrics.map(([key, { value }]) => [key, value])),
    reasons: Object.fromEntries(metrics.flatMap(([key, { reason }]) => (reason === undefined ? [] : [[key, reason]]))),
    worst: Object.fromEntries(worst),
    counts: Object.fromEntries(counts.map(([key, count, total]) => [key, [count, total]])),
    codes: Object.fromEntries(DATACOMP_CODES),
    labelSets: Object.fromEntries(
      Object.entries(sets).map(([objective, { id, sha256 }]) => [objective, { id, sha256 }]),
    ),
    simulated: facts.simulated,
    audit: auditId,
  }
}
