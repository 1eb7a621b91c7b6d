import type { CalibrationRow, CalibrationSectionId } from '../types/calibration.js'

/** Rows for one section of the report. */
export type SectionRows = { readonly section: CalibrationSectionId; readonly rows: readonly CalibrationRow[] }
