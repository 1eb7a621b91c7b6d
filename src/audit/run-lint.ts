import { nearestWord } from './definitions/nearest-word.js'
import { promptsOf } from './definitions/prompts.js'
import { readAudit } from './audit-file/read-audit.js'
import { readDataset } from './dataset/read-dataset.js'
import { readDesignVectors } from './design-vectors.js'
import { lintLabelSet } from './designs/lint/lint-label-set.js'
import type { SeenGroups } from './designs/lint/rule.js'
import { groupsOfAudit, groupsOfDataset } from './seen-groups.js'
import type { Tools } from './tools.js'
import type { DatasetPlan, LabelSet, Probe } from './types/definitions.js'
import type { Dtypes } from './types/dtype.js'
import type { LintResult } from './types/lint.js'

/** What a label set is checked against; null where it was not given. */
export type LintEvidence = {
  readonly probes: readonly Probe[]
  /** Probability from which a label is assigned, share 0 to 1. */
  readonly threshold: number | null
  /** A label file, or the path of a saved audit. Images are not opened. */
  readonly dataset: DatasetPlan | string | null
  /** Model folder. */
  readonly model: string | null
  /** Precision of its encoders; default fp32. */
  readonly dtype?: Dtypes
}

/** Checks a class design by its words, against the groups of a dataset and against what a model makes of its prompts. Informs, and
 *  approves of nothing. Throws DatasetError, DefinitionError or ModelError where evidence cannot be read. */
export async function runLint(labelSet: LabelSet, evidence: LintEvidence, tools: Tools): Promise<LintResult> {
  const { probes, threshold } = evidence
  const prompts = promptsOf(labelSet)
  const seen = evidence.dataset === null ? null : await readGroups(evidence.dataset)
  const read =
    evidence.model === null
      ? null
      : await readDesignVectors({ folder: evidence.model, dtype: evidence.dtype }, labelSet, prompts, tools)
  const linted = lintLabelSet({
    labelSet,
    prompts,
    nearest: nearestWord,
    probes,
    threshold,
    dataset: seen?.groups ?? null,
    model: read?.vectors ?? null,
  })
  const { id, title, sha256, labels, templates } = labelSet
  return {
    labelSet: { id, title, sha256, labels: labels.length, templates: templates.length },
    evidence: {
      probes: probes.map((probe) => probe.id),
      threshold,
      dataset: seen?.id ?? null,
      model: read?.model ?? null,
    },
    ...linted,
  }
}

async function readGroups(dataset: DatasetPlan | string): Promise<{ id: string; groups: SeenGroups }> {
  if (typeof dataset === 'string') {
    const audit = await readAudit(dataset)
    return { id: audit.facts.dataset.id, groups: groupsOfAudit(audit) }
  }
  const read = await readDataset(dataset)
  return { id: read.id, groups: groupsOfDataset(read) }
}
