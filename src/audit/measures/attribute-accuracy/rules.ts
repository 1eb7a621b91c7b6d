import type { MeasureRules } from '../measure-kind.js'
import type { AccuracyReading } from '../../types/measures.js'
import { canRead, judgeLabel } from '../reading/judge-label.js'
import { accuracyTables } from './tables.js'

/** Reads as words where a sentence names it: images that were put into “wrong race-7”. */
const WRONG = 'wrong '

/** Attribute accuracy (measures.md B2; Tables 3 to 5 of the CLIP paper). What is judged is being wrong: for that more is worse. */
export const attributeAccuracyRules: MeasureRules<'attribute-accuracy'> = {
  missing: ({ readings }, labelSet) => {
    if (readings.some((reading) => canRead(reading, labelSet))) return null
    const [first] = readings
    return {
      reason: 'attribute-absent',
      missing: first.reading === 'joint' ? first.attributes.join(', ') : first.attribute,
    }
  },
  counted: {
    outcomes: ({ readings }, labelSet) =>
      readings
        .filter((reading) => canRead(reading, labelSet))
        .map(({ id }) => ({ id: `${WRONG}${id}`, harm: 'quality-of-service', isUnion: false })),
    inside: ({ readings }, outcome, under) => {
      const judge = judgeLabel(readingOf(readings, outcome), under)
      return (label, cell) => {
        const judgement = judge(label, cell)
        return judgement === null ? null : judgement !== 'right'
      }
    },
  },
  tabulate: accuracyTables,
}

function readingOf(readings: readonly AccuracyReading[], outcome: string): AccuracyReading {
  const reading = readings.find(({ id }) => `${WRONG}${id}` === outcome)
  if (reading === undefined) throw new RangeError(`attribute-accuracy counts no outcome ${outcome}`)
  return reading
}
