import { describe, expect, it } from 'vitest'
import { REPORT_FORMATS, USUAL_FORMATS } from '../../src/audit/render-report.js'
import { FORMAT_NAMES, USUAL_NAMES } from '../../src/cli/format-option.js'

describe('--format', () => {
  it('offers every format that there is, and no other', () => {
    expect(FORMAT_NAMES).toEqual(REPORT_FORMATS)
    expect(USUAL_NAMES).toEqual(USUAL_FORMATS)
  })
})
