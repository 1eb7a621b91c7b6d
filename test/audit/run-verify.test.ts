import { describe, expect, it } from 'vitest'
import { auditId } from '../../src/audit/audit-file/audit-id.js'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { parseAudit } from '../../src/audit/definitions/audit-schema.js'
import { derive } from '../../src/audit/derive.js'
import { runVerify } from '../../src/audit/run-verify.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { EVERY_FATE } from '../support/every-fate.js'
import { auditOf } from '../support/facts.js'
import { editable, type Editable } from '../support/look-up.js'

const AUDIT = auditOf(EVERY_FATE)

/** What a reader of the saved file would find after a hand edit, with what does not hold. */
function afterEdit(edit: (audit: Editable<AuditResult>) => void, isResealed = false): string[] {
  const copy = editable(parseAudit(readableJson(AUDIT), 'audit.json'))
  edit(copy)
  if (isResealed) copy.auditId = auditId(copy.facts, copy.derived)
  return runVerify(copy)
    .filter(({ holds }) => !holds)
    .map(({ what, detail }) => `${what}: ${detail}`)
}

describe('runVerify', () => {
  it('finds nothing wrong with an audit, as made and as read from its file', () => {
    expect(runVerify(AUDIT).filter(({ holds }) => !holds)).toEqual([])
    expect(afterEdit(() => undefined)).toEqual([])
  })

  it('does not mind another run: time, host and command are outside the audit', () => {
    expect(afterEdit(({ run }) => void (run.createdUtc = '2031-05-05T00:00:00Z'))).toEqual([])
  })

  it.each<[string, (audit: Editable<AuditResult>) => void, RegExp]>([
    ['a count in a tally', ({ facts }) => void facts.tallies[0].counts.splice(0, 1, ['thief', 59]), /counted once/],
    ['a label that the label set does not have', ({ facts }) => void facts.tallies[0].counts.splice(0, 1, ['ape', 60]), /counted once/], // prettier-ignore
    ['undecided images left out', ({ facts }) => void (facts.tallies[4].undecided = 0), /counted once/],
    ['two tallies in each other’s place', ({ facts }) => void facts.tallies.reverse(), /counted once/],
    ['a tally that is gone', ({ facts }) => void facts.tallies.pop(), /counted once/],
    ['a tally given twice', ({ facts }) => void facts.tallies.push(facts.tallies[0]), /counted once/],
    ['a row that is gone', ({ facts }) => void facts.dataset.rows.in--, /rows in/],
    ['an unreadable image hidden', ({ facts }) => void (facts.dataset.cells[3].quarantined = []), /rows in/],
    ['a cell that is gone', ({ facts }) => void facts.dataset.cells.pop(), /rows in/],
    ['a rate', ({ derived }) => void (derived.rates[0].value = 0.01), /differs in rates/],
    ['an interval', ({ derived }) => void (derived.rates[0].interval = [0, 1]), /differs in rates/],
    ['the count of a rate', ({ derived }) => void derived.rates[0].count--, /differs in rates/],
    ['a verdict', ({ derived }) => void (derived.findings[0].verdict = { kind: 'within-margin', settledBy: 'ratio' }), /differs in findings/], // prettier-ignore
    ['a severity', ({ derived }) => void (derived.findings[0].severity = 'minor'), /differs in findings/],
    ['a finding that is gone', ({ derived }) => void derived.findings.shift(), /differs in findings/],
    ['a p-value', ({ derived }) => void (derived.contrasts[0].p = 0.5), /differs in contrasts/],
    ['the gate', ({ derived }) => void (derived.gate.result = 'passed'), /differs in gate/],
    ['a block that is gone', ({ derived }) => void Reflect.deleteProperty(derived, 'notMeasured'), /differs in notMeasured/], // prettier-ignore
    ['a block that was added', ({ derived }) => void Object.assign(derived, { praise: 'good' }), /differs in praise/],
    [
      'm, with everything derived again',
      ({ facts, derived }) => {
        facts.probes[0].families[0].m = 1
        Object.assign(derived, derive(facts))
      },
      /families of comparisons/,
    ],
    ['the hash of a model', ({ facts }) => void (facts.models[0].sha256 = 'b'.repeat(64)), /hashes of models.*1 wrong/],
    ['the size of the boxes', ({ facts }) => void (facts.dataset.boxes = { rows: 270, padding: 0 }), /rows in/],
    ['the text of a label', ({ facts }) => void (facts.labelSets[0].labels[0].text = 'a person'), /hashes of models.*1 wrong/], // prettier-ignore
    ['the hash of a file of a model', ({ facts }) => void (facts.models[0].files = [['vision_model.onnx', 'c'.repeat(64), 1]]), /hashes of models.*1 wrong/], // prettier-ignore
    ['the margin of the policy', ({ facts }) => void (facts.policy.margin.ratio = 9), /hash is that of its limits/],
    ['alpha, after the fact', ({ facts }) => void (facts.probes[0].families[0].alpha = 0.2), /differs in rates, contrasts/], // prettier-ignore
    ['a label set that is gone', ({ facts }) => void facts.labelSets.pop(), /nothing can be derived/],
  ])('catches %s, even when the id was written again', (_, edit, what) => {
    expect(afterEdit(edit, true).join('\n')).toMatch(what)
    expect(afterEdit(edit).at(-1)).toMatch(/the audit id is that of the content: expected sha256:/)
  })

  it('catches an id that is not that of the content', () => {
    expect(afterEdit((audit) => void (audit.auditId = `sha256:${'0'.repeat(64)}`))).toEqual([
      `the audit id is that of the content: expected ${AUDIT.auditId} but the file says sha256:${'0'.repeat(64)}`,
    ])
  })

  it('says what it checked, with counts', () => {
    const [rows, tallies, policy, hashes, pairs, ablations, observations, families, derived, id] = runVerify(AUDIT)
    expect(rows.detail).toBe('269 = 262 + 3 + 4; 6 cells, 0 wrong')
    expect(tallies.detail).toBe('6 tallies, 0 wrong')
    expect(policy.detail).toMatch(/^policy /)
    expect(hashes.detail).toBe('2 hashes, 0 wrong')
    expect(pairs.detail).toBe('0 pairs or more at once, 0 wrong')
    expect(ablations.detail).toBe('0 labels taken out or added, 0 wrong')
    expect(observations.detail).toBe('0 observations, 0 wrong')
    expect(families.detail).toMatch(/^\d+ families planned again$/)
    expect(derived.detail).toMatch(/^\d+ rates, \d+ findings derived again$/)
    expect(id.detail).toBe(AUDIT.auditId)
  })
})
