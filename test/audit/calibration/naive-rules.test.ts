import { describe, expect, it } from 'vitest'
import { naiveAlarms } from '../../../src/audit/calibration/naive-rules.js'

const groups = (...counts: [number, number][]) => counts.map(([count, total]) => ({ count, total }))

describe('naiveAlarms', () => {
  it('stays silent where all rates are the same', () => {
    expect(naiveAlarms(groups([5, 100], [5, 100], [5, 100]))).toEqual({
      unadjusted: false,
      noMargin: false,
      fourFifths: false,
    })
  })

  it('stays silent where nobody and where everybody is counted', () => {
    const silent = { unadjusted: false, noMargin: false, fourFifths: false }
    expect(naiveAlarms(groups([0, 100], [0, 50]))).toEqual(silent)
    expect(naiveAlarms(groups([100, 100], [50, 50]))).toEqual(silent)
  })

  it('knows a difference that only the unadjusted test calls', () => {
    expect(naiveAlarms(groups([18, 200], [10, 200], [9, 200]))).toMatchObject({ unadjusted: true, noMargin: false })
  })

  it('knows a difference that is clear even when shared by all groups', () => {
    expect(naiveAlarms(groups([40, 200], [10, 200], [10, 200]))).toMatchObject({ unadjusted: true, noMargin: true })
  })

  it('calls four fifths only below it', () => {
    expect(naiveAlarms(groups([8, 100], [10, 100])).fourFifths).toBe(false)
    expect(naiveAlarms(groups([79, 1000], [100, 1000])).fourFifths).toBe(true)
  })
})
