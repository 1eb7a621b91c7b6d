import { describe, expect, it } from 'vitest'
import { renderJunit } from '../../../../src/audit/report/outputs/render-junit.js'
import { renderSarif } from '../../../../src/audit/report/outputs/render-sarif.js'
import { renderHtml } from '../../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../../src/audit/report/render-terminal.js'
import { toView } from '../../../../src/audit/report/to-view.js'
import { gateView } from '../../../../src/audit/report/view/gate.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { GateResult } from '../../../../src/audit/types/derived.js'
import { exampleAudit } from '../example-audit.js'
import { auditWithGate, incompleteAudit } from '../variants.js'

const said = (gate: GateResult): readonly string[] => gateView(wordsFor(auditWithGate(gate))).sentences
const open = { mode: 'regression', findings: [], limits: [], waivers: [] } as const
const oneReason = (reason: GateResult['reasons'][number]): string | undefined =>
  said({ ...open, result: 'evidence-incomplete', reasons: [reason] })[0]

describe('gateView', () => {
  it('words every result of the gate with the values that the gate gives', () => {
    const incomplete = gateView(wordsFor(incompleteAudit()))
    expect(incomplete.word).toBe('Evidence incomplete')
    expect(incomplete.sentences).toEqual([
      '200 of 10,954 images could not be read (limit 1%). No conclusion is drawn.',
      '1,120 of 10,948 images got no decision under one label set (limit 1%). No conclusion is drawn.',
      'Images of some groups could not be read more often than others (2 comparisons). No conclusion is drawn.',
      'Images are missing, so rates may be too low or too high. Mend the images that quarantine.csv names, then run again. Give a decision for each processed image, then run again.',
    ])
    const passed: GateResult = {
      ...open,
      result: 'passed',
      reasons: [{ id: 'gate.passed', values: [['policy', 'p']] }],
    }
    expect(said(passed)[0]).toContain('not a judgement of the model')
    expect(said({ ...open, result: 'not-requested', reasons: [] })).toHaveLength(1)
  })

  it('says one image and one comparison in the singular', () => {
    expect(oneReason({ id: 'gate.failures-differ', values: [['comparisons', 1]] })).toContain('(1 comparison)')
    expect(
      oneReason({ id: 'gate.nothing-compared', values: [['minimum', 1], ['names', 'a, b']] }), // prettier-ignore
    ).toContain('at least 1 image: a, b.')
    const { reasons } = exampleAudit().derived.gate
    expect(reasons[0]?.id).toBe('gate.failed.limits')
    expect(oneReason({ id: 'gate.waived', values: [['cases', 1]] })).toContain('1 case beyond a limit is')
  })

  it('refuses a reason without the count that its sentence needs', () => {
    expect(() => oneReason({ id: 'gate.failures-differ', values: [] })).toThrow(
      'audit.json: gate.failures-differ: expected a number for comparisons',
    )
  })
})

describe('a report on incomplete evidence', () => {
  const audit = incompleteAudit()
  const first = '200 of 10,954 images could not be read (limit 1%). No conclusion is drawn.'
  const html = renderHtml(audit)
  const markdown = renderMarkdown(audit)
  const terminal = renderTerminalSummary(audit)

  it('begins its plain summary with what the gate says, within 150 words', () => {
    const { summary } = toView(audit).front
    expect(summary[0]?.startsWith(first)).toBe(true)
    expect(summary.join(' ').split(/\s+/).length).toBeLessThanOrEqual(150)
    expect(toView(exampleAudit()).front.summary[0]).toMatch(/^The model/)
  })

  it('says it before any figure in the terminal and in Markdown', () => {
    expect(terminal.startsWith(`Evidence incomplete. ${first}`)).toBe(true)
    expect(terminal.match(/200 of 10,954/g)).toHaveLength(1)
    expect(markdown.indexOf(first)).toBeLessThan(markdown.indexOf('Disparity, higher'))
    expect(markdown).toContain(`## Summary in plain words\n\n${first}`)
    expect(renderTerminalSummary(exampleAudit())).not.toMatch(/^Gate failed/)
  })

  it.each([
    ['HTML', html],
    ['Markdown', markdown],
    ['the terminal', terminal],
  ])('lists no harm in %s, and keeps the verdicts for reading only', (_, text) => {
    expect(text).toContain('Not listed: the evidence is incomplete.')
    expect(text).toContain('For reading only: the evidence is incomplete.')
    expect(text).toContain('these data cannot tell')
    expect(text).not.toMatch(/class="harm-list"|lie above the margin set before the run\.\n- Disparity/)
    expect(toView(audit).front).toMatchObject({ largest: [], largestChart: null })
  })

  it('says neither where the evidence is complete', () => {
    expect(renderHtml(exampleAudit())).not.toMatch(/Not listed:|For reading only:/)
  })
})

describe('a report whose gate looked at nothing on whole evidence', () => {
  const audit = auditWithGate({
    ...open,
    result: 'evidence-incomplete',
    reasons: [
      { id: 'gate.nothing-to-judge', values: [['policy', 'p'], ['names', 'mistyped']] }, // prettier-ignore
      { id: 'gate.nothing-compared', values: [['minimum', 30], ['names', 'small']] }, // prettier-ignore
    ],
  })

  it('lists the harms all the same, and says that the fault is the policy’s', () => {
    for (const text of [renderHtml(audit), renderMarkdown(audit), renderTerminalSummary(audit)]) {
      expect(text).not.toMatch(/Not listed:|For reading only:|No conclusion is drawn/)
      expect(text.replace(/\s+/g, ' ')).toContain('brackets: mistyped.')
    }
    expect(toView(audit).front.largest).toEqual(toView(exampleAudit()).front.largest)
    expect(gateView(wordsFor(audit)).word).toBe('Gate cannot tell')
  })

  it('keeps the findings in JUnit and in SARIF', () => {
    const skipped = (text: string): number => text.match(/type="evidence-incomplete"/g)?.length ?? 0
    expect(skipped(renderJunit(audit))).toBe(1) // the gate itself
    expect(renderSarif(audit).match(/"ruleId"/g)).toEqual(renderSarif(exampleAudit()).match(/"ruleId"/g))
  })
})
