import { z } from 'zod'
import type { Probe } from '../../types/definitions.js'
import type { Measure, MeasureKind } from '../../types/measures.js'
import { attributeAccuracySchema, toAttributeAccuracy } from './attribute-accuracy.js'
import { featureSensitivitySchema, toFeatureSensitivity } from './feature-sensitivity.js'
import { outcomeRateSchema, toOutcomeRate } from './outcome-rate.js'

/** How the file of a probe writes what is computed: one member for each kind. */
export const writtenMeasure = z.discriminatedUnion('kind', [
  outcomeRateSchema,
  attributeAccuracySchema,
  featureSensitivitySchema,
])

export type WrittenMeasure = z.output<typeof writtenMeasure>

/** The measure that a probe's file means, with everything that it leaves to a default. */
export function toMeasure(written: WrittenMeasure): Measure {
  switch (written.kind) {
    case 'outcome-rate':
      return toOutcomeRate(written)
    case 'attribute-accuracy':
      return toAttributeAccuracy(written)
    case 'feature-sensitivity':
      return toFeatureSensitivity(written)
  }
}

/** What each kind of measure looks at. */
export const EVIDENCE_OF: Readonly<Record<MeasureKind, Probe['evidence']>> = {
  'outcome-rate': 'decisions',
  'attribute-accuracy': 'decisions',
  'association-threshold': 'scores',
  'top-k-association': 'scores',
  'retrieval-skew': 'scores',
  'caption-association': 'scores',
  'embedding-association': 'embeddings',
  'self-similarity': 'embeddings',
  markedness: 'scores',
  calibration: 'scores',
  abstention: 'scores',
  'feature-sensitivity': 'transformed images',
  'linear-probe': 'embeddings',
  'caption-test': 'captions',
  identity: 'embeddings',
  'data-overlap': 'decisions',
  'annotator-agreement': 'decisions',
}
