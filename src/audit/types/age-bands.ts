import type { Bins } from './reading.js'

/** The ages of FairFace under its own names: its last one holds the age of 70 as well. */
export const FAIRFACE_BANDS: Bins = {
  edges: [0, 3, 10, 20, 30, 40, 50, 60, 70],
  names: ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70'],
}
