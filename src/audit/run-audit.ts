import { ablateRuns } from './ablate-runs.js'
import { auditId } from './audit-file/audit-id.js'
import { checkReference } from './check-reference.js'
import { countSubjects } from './count-subjects.js'
import { manifestSha256 } from './dataset/dataset-manifest.js'
import { readAudited } from './dataset/read-audited.js'
import { countRepeated, repeatedImages } from './dataset/repeated-images.js'
import { derive } from './derive.js'
import { describeFacts } from './describe-facts.js'
import { gatherEvidence } from './gather-evidence.js'
import type { Evidence } from './gather-evidence.js'
import { observeDecisions } from './observe-decisions.js'
import { pairRuns } from './pair-runs.js'
import { refuseIdleLimits } from './refuse-idle-limits.js'
import { refuseIdleProbes } from './refuse-idle-probes.js'
import { countCells, crossRows } from './scoring/cells.js'
import { tally } from './scoring/tally.js'
import type { Tools } from './tools.js'
import type { AuditResult } from './types/audit.js'
import type { Dataset } from './types/dataset.js'
import type { Plan } from './types/definitions.js'
import type { Facts } from './types/facts.js'
import { attributesNeeded } from './types/measures.js'

export type AuditOutcome = {
  readonly audit: AuditResult
  readonly dataset: Dataset
  /** One entry per evidence, in order. */
  readonly decisions: Evidence['decisions']
  readonly vectors: Evidence['vectors']
  /** Rows whose image files hold the same bytes, content by content. */
  readonly duplicates: readonly (readonly number[])[]
}

/** The whole run: dataset, evidence (of models, one after the other, and of decisions made elsewhere), tallies, and what follows from them. */
export async function runAudit(plan: Plan, tools: Tools): Promise<AuditOutcome> {
  const watch = tools.stopwatch()
  const { dataset, identities } = await readAudited(plan)
  checkReference(plan, dataset)
  refuseIdleProbes(plan, dataset)
  refuseIdleLimits(plan, dataset)
  watch.lap('dataset')

  const cells = crossRows(dataset, attributesInUse(plan, dataset))
  const gathered = await gatherEvidence({ plan, dataset, cells, identities }, tools) // the only slow line
  watch.lap('evidence')

  const seen: Dataset = {
    ...dataset,
    quarantined: new Map([...dataset.quarantined, ...gathered.quarantined]),
    simulated: dataset.simulated || gathered.isSimulated,
  }
  const processed = (row: number): boolean => !seen.excluded.has(row) && !seen.quarantined.has(row)
  const tallies = gathered.decisions.flatMap(({ evidence, decisions }) =>
    plan.labelSets.flatMap((labelSet, index) =>
      tally({ evidence, labelSet, decisions: decisions[index], cells, processed, nearTie: plan.policy.nearTie }),
    ),
  )
  const { paired, joint, warnings } = pairRuns(plan, { ...gathered, dataset: seen, cells, processed })
  const ablated = ablateRuns(plan, { ...gathered, cells, processed })
  const repeated = gathered.hashes === null ? null : repeatedImages(seen, gathered.hashes)
  const { createdUtc } = tools.describeRun([], 0) // one moment, so that no midnight lies between the run and the day of its gate
  const described = describeFacts({
    plan,
    version: tools.version,
    day: createdUtc.slice(0, 'YYYY-MM-DD'.length),
    dataset: seen,
    manifestSha256: manifestSha256(seen, gathered.hashes),
    warnings: [...dataset.warnings, ...gathered.warnings, ...warnings, ...ablated.warnings],
    cellAttributes: cells.attributes,
    cells: countCells(seen, cells),
    models: gathered.models,
    evidence: gathered.evidence,
    tallies,
    observations: [...gathered.observations, ...observeDecisions(plan, { ...gathered, cells, processed })],
    paired,
    joint,
    ablations: ablated.ablations,
    duplicates: repeated === null ? null : countRepeated(repeated, cells),
  })
  const facts: Facts = {
    ...described,
    subjectCounts: countSubjects(described, { dataset: seen, cells, decisions: gathered.decisions }),
  }
  const derived = derive(facts)
  watch.lap('findings')

  const audit: AuditResult = {
    schema: 'probity/audit@1',
    auditId: auditId(facts, derived),
    facts,
    derived,
    run: {
      ...tools.describeRun(watch.laps(), total(gathered.vectors.map(({ found }) => found))),
      createdUtc,
      ...(gathered.devices.length === 0 ? {} : { devices: gathered.devices }),
    },
  }
  return {
    audit,
    dataset: seen,
    decisions: gathered.decisions,
    vectors: gathered.vectors,
    duplicates: repeated ?? [],
  }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The base attributes that some probe groups by or needs, in the dataset's order; all of them when no probe applies. */
function attributesInUse(plan: Plan, dataset: Dataset): string[] {
  const asked = plan.probes.flatMap(({ groupBy, standardise, measure, derive: derived }) =>
    [...groupBy, ...standardise.map(({ over }) => over), attributesNeeded(measure)]
      .flat()
      .map((attribute) => derived.find(({ id }) => id === attribute)?.from ?? attribute),
  )
  const all = dataset.attributes.map(({ name }) => name)
  const used = all.filter((name) => asked.includes(name))
  return used.length > 0 ? used : all
}
