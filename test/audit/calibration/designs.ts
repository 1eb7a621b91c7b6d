import type { CalibrationDesign } from '../../../src/audit/calibration/design.js'
import { FAIRFACE_RACE_BY_GENDER, FAIRFACE_RACES } from '../../../src/audit/calibration/fairface.js'
import { POLICY } from '../../support/definitions.js'

/** A design at FairFace's sizes with few audits, with some of it exchanged. */
export function designOf(changes: Partial<CalibrationDesign> = {}): CalibrationDesign {
  return {
    groups: FAIRFACE_RACE_BY_GENDER,
    recoveryGroups: FAIRFACE_RACES,
    policy: POLICY,
    isReference: true,
    seed: 1,
    audits: 20,
    ...changes,
  }
}

/** Small groups, for what would take long at FairFace's sizes. */
export const SMALL_GROUPS = [
  { name: 'A', images: 40 },
  { name: 'B', images: 60 },
  { name: 'C', images: 80 },
]

/** The exact figures of measures.md were printed to four places. */
export const PRINTED = 0.00051
