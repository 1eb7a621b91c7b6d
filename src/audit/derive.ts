import { ablationRecords } from './findings/ablation-records.js'
import { changeContrasts } from './findings/change-contrasts.js'
import { changeRecords } from './findings/change-records.js'
import { agreement } from './findings/agreement.js'
import { contrastFamilies } from './findings/contrast-families.js'
import { distributions } from './findings/distributions.js'
import { figureTables } from './findings/figure-tables.js'
import { flowTests } from './findings/flow-tests.js'
import { funnelEstimates } from './findings/funnel-estimates.js'
import { jointTests } from './findings/joint-tests.js'
import { notMeasured } from './findings/not-measured.js'
import { outcomeTasks } from './findings/outcome-tasks.js'
import { publishedStatus } from './findings/published-status.js'
import { shrunkenEstimates } from './findings/shrunken-estimates.js'
import { spreadEstimates } from './findings/spread-estimates.js'
import { standardisedEstimates } from './findings/standardised-estimates.js'
import { summarise } from './findings/summarise.js'
import { toFinding } from './findings/to-finding.js'
import { evaluateGate } from './gate/evaluate-gate.js'
import type { Derived } from './types/derived.js'
import type { Estimate } from './types/estimates.js'
import type { Facts } from './types/facts.js'

/** Everything that follows from what was seen: one pure function of `facts`. `verify` runs it again and requires equality. */
export function derive(facts: Facts): Derived {
  const tasks = outcomeTasks(facts)
  const { rates, contrasts, findings } = judgeCounts(facts, tasks)
  const contrastById = new Map(contrasts.map(({ contrast }) => [contrast.id, contrast] as const))
  return {
    distributions: distributions(facts),
    rates,
    contrasts: contrasts.map(({ contrast }) => contrast),
    estimates: [...drawEstimates(facts, tasks), ...shrunkenEstimates(tasks, rates), ...funnelEstimates(tasks)],
    findings,
    changes: changeRecords(facts),
    changeContrasts: changeContrasts(facts),
    flowTests: flowTests(facts),
    jointTests: jointTests(facts),
    ablations: ablationRecords(facts),
    agreement: agreement(facts, findings, contrastById),
    summary: summarise(facts, findings, contrastById),
    tables: figureTables(facts),
    published: publishedStatus(facts, rates),
    notMeasured: notMeasured(facts),
    gate: evaluateGate(facts, { contrasts: contrasts.map(({ contrast }) => contrast), findings }, tasks),
  }
}

/** The part on which verdicts rest: from tallies to rates, contrasts and findings. It draws no random numbers. */
export function judgeCounts(
  facts: Facts,
  tasks = outcomeTasks(facts),
): ReturnType<typeof contrastFamilies> & Pick<Derived, 'findings'> {
  const { rates, contrasts } = contrastFamilies(facts, tasks)
  const rateById = new Map(rates.map((rate) => [rate.id, rate] as const))
  return {
    rates,
    contrasts,
    findings: contrasts.map((entry, index) => toFinding(entry, facts, rateById, index + 1)),
  }
}

/** The part that draws random numbers: what chance alone gives, and whether an effect is the same in all strata. */
export function drawEstimates(facts: Facts, tasks = outcomeTasks(facts)): Estimate[] {
  return [...spreadEstimates(facts, tasks), ...standardisedEstimates(facts, tasks)]
}
