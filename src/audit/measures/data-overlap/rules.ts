import { canRead } from '../reading/judge-label.js'
import type { MeasureRules } from '../measure-kind.js'
import { overlapTables } from './tables.js'

/** Accuracy on images that a reference set holds too, and on the others (measures.md B14). Everything follows from the tallies. */
export const dataOverlapRules: MeasureRules<'data-overlap'> = {
  missing: ({ readings }, labelSet) => {
    if (readings.some((reading) => canRead(reading, labelSet))) return null
    const [first] = readings
    return {
      reason: 'attribute-absent',
      missing: first.reading === 'joint' ? first.attributes.join(', ') : first.attribute,
    }
  },
  tabulate: overlapTables,
}
