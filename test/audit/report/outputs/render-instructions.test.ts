import { describe, expect, it } from 'vitest'
import { renderInstructions } from '../../../../src/audit/report/outputs/render-instructions.js'
import { SCENE } from '../../../golden/scene.js'
import { auditOf } from '../../../support/facts.js'
import { incompleteAudit } from '../variants.js'

const GOLDEN = auditOf(SCENE)

describe('the block for the instructions for use', () => {
  it('gives the highest and the lowest rate of each attribute as counts with interval', () => {
    expect(renderInstructions(GOLDEN)).toContain(
      '“crime” by race, label set four-labels: highest Amber, 46 of 156 images (29.5%, 95% interval 22.9–37.1%), against its reference: Disparity, higher; lowest Ochre, 0 of 143 images (0%, 95% interval 0–2.6%), against its reference:',
    )
  })

  it('says what could not be judged, what was not measured, and which audit it is from', () => {
    const text = renderInstructions(GOLDEN)
    expect(text).toMatch(/Inconclusive comparisons: \d+\. Comparisons with too few images: \d+\./)
    expect(text).toContain('Not measured: disability')
    expect(text).toContain(GOLDEN.auditId)
  })

  it('marks in brackets what is to be filled in', () => {
    expect(renderInstructions(GOLDEN)).toContain('version \\[to be filled in\\]')
  })

  it('gives no figures where the evidence is incomplete', () => {
    const text = renderInstructions(incompleteAudit())
    expect(text).toContain('No conclusion is drawn.')
    expect(text).not.toMatch(/highest|lie above/)
  })

  it('says of simulated data that they are simulated, before anything else', () => {
    const [, , first] = renderInstructions(auditOf({ ...SCENE, simulated: true })).split('\n')
    expect(first).toMatch(/^Simulated data/)
  })
})
