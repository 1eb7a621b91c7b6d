import { z } from 'zod'
import { count, words } from '../audit-shapes.js'
import { observedBy } from './observed-shapes.js'

export const annotatorAgreementObserved = z
  .looseObject({
    kind: z.literal('annotator-agreement'),
    ...observedBy,
    source: z.string(),
    condition: z.string().nullable(),
    annotators: words,
    categories: words,
    cells: z.array(
      z.looseObject({ cell: count, patterns: z.array(z.looseObject({ counts: z.array(count), images: count })) }),
    ),
  })
  .meta({
    description: 'How many people put an image into each label, cell by cell; images with the same counts together.',
  })
