import { describe, expect, it } from 'vitest'
import { renderJobSummary } from '../../../../src/audit/report/outputs/render-job-summary.js'
import { SCENE } from '../../../golden/scene.js'
import { auditOf } from '../../../support/facts.js'
import { exampleAudit } from '../example-audit.js'
import { incompleteAudit } from '../variants.js'

const GOLDEN = auditOf(SCENE)
const MOST_LINES = 40

describe('an audit as the summary of a CI job', () => {
  it.each([['a golden audit', GOLDEN], ['a large one', exampleAudit()], ['an incomplete one', incompleteAudit()]])('of %s has at most 40 lines', (_, audit) => {
    expect(renderJobSummary(audit).split('\n').length).toBeLessThanOrEqual(MOST_LINES + 1) // the last line ends
  }) // prettier-ignore

  it('says what the gate says, and how many verdicts of each kind there are', () => {
    const text = renderJobSummary(GOLDEN)
    expect(text).toContain('**Gate failed.** policy test-limits, hash ')
    expect(text).toMatch(
      /Disparity, higher: \d+ · Disparity, lower: \d+ · Within margin: \d+ · Inconclusive: \d+ · Insufficient: \d+/,
    )
  })

  it('gives the three largest harms as counts with interval and reference', () => {
    const harms = renderJobSummary(GOLDEN).split('\n').filter((line) => /^\d\. /.test(line)) // prettier-ignore
    expect(harms).toHaveLength(3)
    for (const harm of harms) {
      expect(harm).toMatch(
        /: \d+ of \d+ images \([\d.]+%, 95% interval [\d.]+–[\d.]+%\)\. Reference, .+: \d+ of \d+ \(/,
      )
    }
  })

  it('gives six sentences of the gate, and says how many more there are', () => {
    const reasons = Array.from({ length: 9 }, () => GOLDEN.derived.gate.reasons[0])
    const long = { ...GOLDEN, derived: { ...GOLDEN.derived, gate: { ...GOLDEN.derived.gate, reasons } } }
    const lines = renderJobSummary(long).split('\n').filter((line) => line.startsWith('- ')) // prettier-ignore
    expect(lines).toHaveLength(7)
    expect(lines[6]).toMatch(/^- .*\b[3-9]\b/)
  })

  it('names no harm where the evidence is incomplete', () => {
    const text = renderJobSummary(incompleteAudit())
    expect(text).toContain('Not listed: the evidence is incomplete.')
    expect(text).not.toMatch(/^1\. /m)
  })

  it('gives the command to run it again and the one to check it', () => {
    expect(renderJobSummary(GOLDEN)).toContain('```sh\nprobity audit plan.yaml\nprobity verify audit.json\n```')
  })

  it('names no folder of the machine it ran on in the command', () => {
    const commandLine =
      "probity audit /home/kim/plan.yaml --out=/tmp/a1/run --labels '/home/kim lee/val.csv' --map a=b/c"
    const text = renderJobSummary({ ...GOLDEN, run: { ...GOLDEN.run, commandLine } })
    expect(text).toContain("probity audit plan.yaml --out=run --labels 'val.csv' --map a=b/c\n")
  })

  it('names ids, never label terms', () => {
    const text = renderJobSummary(exampleAudit())
    for (const { text: term } of exampleAudit().facts.labelSets.flatMap(({ labels }) => labels)) {
      expect(text).not.toContain(term)
    }
  })

  it('begins with the word that the data are simulated', () => {
    expect(renderJobSummary(exampleAudit({ simulated: true }))).toMatch(/^### Simulated data[^\n]*\n\n### /)
  })

  it('is written in the language asked for', () => {
    expect(renderJobSummary(GOLDEN, { locales: ['ko'] })).toContain('격차 확인')
  })
})
