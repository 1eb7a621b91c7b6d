import { calibrationRow } from '../../../src/audit/calibration/row.js'
import { gatherSections } from '../../../src/audit/calibration/calibration-tasks.js'
import type { Calibration } from '../../../src/audit/types/calibration.js'

/** A calibration with a row of every kind of figure, made up. `missed` makes one of its targets a missed one. */
export function exampleCalibration({ missed = false, group = 'Black, Male' } = {}): Calibration {
  const about = { images: [396, 10_558], rates: [0.0625, 0.05], group }
  const sections = gatherSections([
    [
      {
        section: 'intervals',
        rows: [
          calibrationRow({
            what: 'coverage.wilson',
            images: [1122],
            rates: [0.01],
            group,
            isMain: true,
            note: 'enough-expected',
            nominal: 0.95,
            measured: 0.95034,
            target: { low: 0.93, high: 0.97 },
          }),
          calibrationRow({
            what: 'coverage.clopper-pearson',
            images: [30],
            rates: [0.001],
            nominal: 0.95,
            measured: 0.9996,
            target: { low: 0.95, high: null },
          }),
          calibrationRow({
            what: 'coverage.wilson',
            images: [30],
            rates: [0.3],
            note: 'few-expected',
            measured: 0.9298,
          }),
        ],
      },
      {
        section: 'margin',
        rows: [
          calibrationRow({
            ...about,
            what: 'margin.disparity.higher',
            isMain: true,
            comparisons: 14,
            nominal: 0.05 / 28,
            measured: missed ? 1.2 : 1,
            unit: 'times',
            target: { low: null, high: 1.15 },
          }),
        ],
      },
      {
        section: 'recovery',
        rows: [
          calibrationRow({
            what: 'family.wrong',
            images: [1, 2, 3],
            rates: [0.1, 0.2, 0.3],
            group: 'crime',
            isMain: true,
            measured: 0.0042,
            error: 0.0014,
            target: { low: null, high: 0.05 },
          }),
        ],
      },
      {
        section: 'paired',
        rows: [
          calibrationRow({
            what: 'coverage.tango',
            images: [750],
            rates: [0.02, 0.1],
            isMain: true,
            measured: 0.95,
          }),
        ],
      },
    ],
  ])
  return {
    schema: 'probity/calibration@1',
    tool: { name: 'probity', version: '0.0.0-test' },
    seed: 7,
    audits: 2000,
    groups: {
      source: 'fairface-val',
      auditId: null,
      groupBy: ['race', 'gender'],
      sizes: [
        { name: 'Black, Male', images: 799 },
        { name: 'White, Male', images: 1122 },
      ],
    },
    rule: {
      policy: 'default',
      alpha: 0.05,
      minimumImages: 30,
      margin: { difference: 0.01, ratio: 1.25 },
      adjustment: 'bonferroni',
      m: 14,
    },
    ...sections,
  }
}
