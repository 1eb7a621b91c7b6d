import type { Wording } from '../../types/figures.js'
import type { AccuracyReading } from '../../types/measures.js'

const AT = 'measures.attribute-accuracy'

/** A sentence of this measure. */
export function says(id: string, values: Wording['values'] = []): Wording {
  return { id: `${AT}.${id}`, values }
}

/** What a reading is, as the heading of a column. */
export function readingWording(reading: AccuracyReading): Wording {
  switch (reading.reading) {
    case 'exact':
      return says('reading.exact', [['attribute', reading.attribute]])
    case 'within-one':
      return says('reading.within-one', [['attribute', reading.attribute]])
    case 'binary':
      return says('reading.binary', [
        ['attribute', reading.attribute],
        ['value', reading.value],
      ])
    case 'joint':
      return says('reading.joint', [['attributes', reading.attributes.join(', ')]])
  }
}
