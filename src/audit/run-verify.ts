import { pairsAddUp } from './verify-pairs.js'
import { auditId } from './audit-file/audit-id.js'
import { canonicalJson } from './audit-file/canonical-json.js'
import { withPolicySha256 } from './definitions/policy.js'
import { derive } from './derive.js'
import { planChanges } from './findings/plan-changes.js'
import { planFamilies } from './findings/plan-probe.js'
import { ablationsFit } from './verify-ablations.js'
import { hashesFollow } from './verify-hashes.js'
import { observationsFit } from './verify-observations.js'
import type { AuditResult } from './types/audit.js'
import type { Derived } from './types/derived.js'
import type { Check } from './types/check.js'
import type { Cell, Facts, Tally } from './types/facts.js'
import { UNKNOWN } from './types/groups.js'

/** Checks a saved audit against itself: the rows add up, every rate, interval and verdict follows from the counts, and the id is
 *  that of the content. Opens no image and no model. */
export function runVerify(audit: AuditResult): Check[] {
  return [
    rowsAddUp(audit.facts),
    talliesAddUp(audit.facts),
    policyIsWhole(audit.facts),
    ...gateDayFits(audit),
    hashesFollow(audit.facts),
    pairsAddUp(audit.facts),
    ablationsFit(audit.facts),
    observationsFit(audit.facts),
    familiesFollow(audit.facts),
    derivedFollows(audit),
    idFits(audit),
  ]
}

function rowsAddUp({ dataset }: Facts): Check {
  const { rows, cells, attributes } = dataset
  const wrong = cells.filter((cell) => cell.in !== cell.processed + images(cell.excluded) + images(cell.quarantined))
  const total = (count: (cell: Cell) => number): number => cells.reduce((sum, cell) => sum + count(cell), 0)
  const sums =
    total((cell) => cell.in) === rows.in &&
    total((cell) => cell.processed) === rows.processed &&
    total((cell) => images(cell.quarantined)) === rows.quarantined &&
    total((cell) => images(cell.excluded)) === rows.excluded
  const boxesFit = dataset.boxes === undefined || dataset.boxes.rows <= rows.in
  const unknownFits = attributes.every(({ name, unknown }) => unknown === (unknownOf(name, cells) ?? unknown))
  return {
    what: 'rows in = processed + quarantined + excluded, for the whole and every cell',
    holds: sums && boxesFit && unknownFits && wrong.length === 0,
    detail: `${rows.in} = ${rows.processed} + ${rows.quarantined} + ${rows.excluded}; ${cells.length} cells, ${wrong.length} wrong`,
  }
}

/** Rows of which an attribute is unknown; null where the cells are not told apart by it. */
function unknownOf(attribute: string, cells: readonly Cell[]): number | null {
  const isToldApart = cells[0]?.group.some(([name]) => name === attribute) ?? false
  if (!isToldApart) return null
  const unknown = cells.filter(({ group }) => group.some(([name, value]) => name === attribute && value === UNKNOWN))
  return unknown.reduce((sum, cell) => sum + cell.in, 0)
}

function talliesAddUp(facts: Facts): Check {
  const cells = facts.dataset.cells
  const sets = facts.evidence.flatMap(({ id }) => facts.labelSets.map((labelSet) => ({ evidence: id, labelSet })))
  const wrong = sets.flatMap(({ evidence, labelSet }) => {
    const tallies = facts.tallies.filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet.id)
    const known = new Set(labelSet.labels.map(({ id }) => id))
    return cells.filter((cell, index) => !tallyFits(cell, tallies.at(index), known))
  })
  return {
    what: 'every processed image is counted once under each label set, or counted as undecided',
    holds:
      wrong.length === 0 &&
      facts.tallies.length === sets.length * cells.length &&
      facts.nearTie === facts.policy.nearTie,
    detail: `${facts.tallies.length} tallies, ${wrong.length} wrong`,
  }
}

function tallyFits(cell: Cell, tally: Tally | undefined, known: ReadonlySet<string>): boolean {
  return (
    tally !== undefined &&
    JSON.stringify(tally.group) === JSON.stringify(cell.group) &&
    tally.total + tally.undecided === cell.processed &&
    tally.counts.every(([label]) => known.has(label)) &&
    tally.counts.reduce((sum, [, count]) => sum + count, 0) === tally.total &&
    (tally.exactTies === null || tally.nearTies === null || tally.exactTies <= nearTies(tally.nearTies))
  )
}

/** The limits are those that were hashed before the run. */
function policyIsWhole({ policy }: Facts): Check {
  const expected = withPolicySha256(policy).sha256
  const holds = expected === policy.sha256
  const detail = holds ? `policy ${policy.id}, ${expected}` : `expected ${expected} but the file says ${policy.sha256}`
  return { what: "the policy's hash is that of its limits", holds, detail }
}

/** Waivers are in force on the day of the run, and on no other; said only where there are any, or a day that has no use. */
function gateDayFits({ facts: { policy, gateDate }, run }: AuditResult): Check[] {
  if (policy.waivers.length === 0 && gateDate === undefined) return []
  const day = policy.waivers.length === 0 ? 'none' : run.createdUtc.slice(0, 'YYYY-MM-DD'.length)
  const stated = gateDate ?? 'none'
  const detail = stated === day ? day : `expected ${day} but the file says ${stated}`
  return [{ what: 'the day on which waivers are judged is that of the run (UTC)', holds: stated === day, detail }]
}

/** m decides how wide the adjusted intervals are, so it is planned again from the definitions, the policy and the totals. */
function familiesFollow(facts: Facts): Check {
  const { dataset, labelSets, tallies, policy, reference, probes } = facts
  const context = { dataset, labelSets, tallies, policy, reference, evidence: facts.evidence }
  const what = 'the families of comparisons follow from the definitions, the policy and the number of images'
  try {
    const again = planFamilies(probes, context)
    const paired = planChanges(facts.paired.map(({ families: _families, ...pair }) => pair), { probes, dataset, labelSets, policy }) // prettier-ignore
    const count = again.probes.reduce((sum, { families }) => sum + families.length, again.failureFamilies.length)
    const stated = { probes, failureFamilies: facts.failureFamilies, paired: facts.paired }
    const holds = canonicalJson({ ...again, paired }) === canonicalJson(stated)
    return { what, holds, detail: holds ? `${count} families planned again` : 'the families in the file are others' }
  } catch {
    return { what, holds: false, detail: 'nothing can be planned: the counts do not fit one another' } // a hand-edited file may hold anything
  }
}

function derivedFollows({ facts, derived }: AuditResult): Check {
  const what = 'every rate, interval and verdict follows from the counts'
  const again = deriveOrNull(facts)
  if (again === null) return { what, holds: false, detail: 'nothing can be derived: the counts do not fit one another' }
  const blocks = Object.keys({ ...derived, ...again }) as (keyof typeof derived)[]
  const differing = blocks.filter((block) => written(again[block]) !== written(derived[block]))
  return {
    what,
    holds: differing.length === 0,
    detail:
      differing.length === 0
        ? `${again.rates.length} rates, ${again.findings.length} findings derived again`
        : `differs in ${differing.join(', ')}`,
  }
}

/** null where the facts contradict themselves, for example a tally that is not there. */
function deriveOrNull(facts: Facts): Derived | null {
  try {
    return derive(facts)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null
    throw error
  }
}

function written(block: Derived[keyof Derived] | undefined): string {
  return block === undefined ? 'absent' : canonicalJson(block)
}

function idFits(audit: AuditResult): Check {
  const expected = auditId(audit.facts, audit.derived)
  return {
    what: 'the audit id is that of the content',
    holds: expected === audit.auditId,
    detail: expected === audit.auditId ? expected : `expected ${expected} but the file says ${audit.auditId}`,
  }
}

/** An exact tie is a near-tie whose two best labels are no distance apart. */
function nearTies(ties: NonNullable<Tally['nearTies']>): number {
  return ties.reduce((sum, [, , count]) => sum + count, 0)
}

function images(pairs: readonly (readonly [string, number])[]): number {
  return pairs.reduce((sum, [, count]) => sum + count, 0)
}
