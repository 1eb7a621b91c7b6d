import type { MeasureRules } from '../measure-kind.js'
import { observeCalibration } from './observe.js'
import { missingForCalibration } from './one-to-one.js'
import { tabulateCalibration } from './tabulate.js'

/** B10. */
export const calibrationRules: MeasureRules<'calibration'> = {
  missing: missingForCalibration,
  observe: observeCalibration,
  tabulate: tabulateCalibration,
}
