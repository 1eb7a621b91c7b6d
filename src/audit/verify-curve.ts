import { canonicalJson } from './audit-file/canonical-json.js'
import { curveId } from './audit-file/curve-id.js'
import { withPolicySha256 } from './definitions/policy.js'
import { deriveCurve } from './derive-curve.js'
import type { Check } from './types/check.js'
import type { CurveDerived, CurveFacts, CurveResult } from './types/curve.js'

/** Checks a saved curve against itself: the rows and counts fit one another, every difference, share and verdict follows from the counts, and the id is
 *  that of the content. What chance alone gives needs every decision and cannot be drawn again from counts: it is part of the facts. */
export function verifyCurve(curve: CurveResult): Check[] {
  return [
    rowsAddUp(curve.facts),
    countsFit(curve.facts),
    policyIsWhole(curve.facts),
    derivedFollows(curve),
    idFits(curve),
  ]
}

function rowsAddUp({ dataset }: CurveFacts): Check {
  const { rows } = dataset
  return {
    what: 'rows in = processed + quarantined + excluded',
    holds: rows.in === rows.processed + rows.quarantined + rows.excluded,
    detail: `${rows.in} = ${rows.processed} + ${rows.quarantined} + ${rows.excluded}`,
  }
}

/** Every table has every processed image in one group, and no more inside an outcome than there are. */
function countsFit({ dataset, factors, specifications, tables }: CurveFacts): Check {
  const wrong = tables.filter(
    ({ groups, comparable, totals, counts, jointNull }) =>
      counts.length !== specifications.length ||
      [comparable, totals, jointNull.groups, ...counts].some((each) => each.length !== groups.length) ||
      counts.some((row) => row.some((count, group) => count > totals[group])) ||
      totals.reduce((sum, total) => sum + total, 0) !== dataset.rows.processed,
  )
  const strange = specifications.filter(
    ({ choices }) =>
      choices.length !== factors.length || choices.some((choice, factor) => choice >= factors[factor].choices.length),
  )
  return {
    what: 'every processed image stands in one group of every table, in every specification',
    holds: wrong.length === 0 && strange.length === 0,
    detail: `${tables.length} tables of ${specifications.length} specifications, ${wrong.length + strange.length} wrong`,
  }
}

function policyIsWhole({ policy }: CurveFacts): Check {
  const expected = withPolicySha256(policy).sha256
  const holds = expected === policy.sha256
  const detail = holds ? `policy ${policy.id}, ${expected}` : `expected ${expected} but the file says ${policy.sha256}`
  return { what: "the policy's hash is that of its limits", holds, detail }
}

function derivedFollows({ facts, derived }: CurveResult): Check {
  const what = 'every difference, share and verdict follows from the counts'
  const again = deriveOrNull(facts)
  if (again === null) return { what, holds: false, detail: 'nothing can be derived: the counts do not fit one another' }
  const holds = canonicalJson(again) === canonicalJson(derived)
  const detail = holds ? `${again.records.length} groups and outcomes derived again` : 'the file says something else'
  return { what, holds, detail }
}

/** null where the facts contradict themselves. */
function deriveOrNull(facts: CurveFacts): CurveDerived | null {
  try {
    return deriveCurve(facts)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null // a hand-edited file may hold anything
    throw error
  }
}

function idFits({ curveId: written, facts, derived }: CurveResult): Check {
  const expected = curveId(facts, derived)
  const holds = expected === written
  return {
    what: 'the curve id is that of the content',
    holds,
    detail: holds ? expected : `expected ${expected} but the file says ${written}`,
  }
}
