import type { Wording } from '../../types/figures.js'
import type { AccuracyReading } from '../../types/measures.js'
import { sentencesOf } from '../sentences.js'

/** A sentence of this measure. */
export const says = sentencesOf('attribute-accuracy')

/** What a reading is, as the heading of a column. */
export function readingWording(reading: AccuracyReading): Wording {
  switch (reading.reading) {
    case 'exact':
      return says('reading.exact', ['attribute', reading.attribute])
    case 'within-one':
      return says('reading.within-one', ['attribute', reading.attribute])
    case 'binary':
      return says('reading.binary', ['attribute', reading.attribute], ['value', reading.value])
    case 'joint':
      return says('reading.joint', ['attributes', reading.attributes.join(', ')])
  }
}
