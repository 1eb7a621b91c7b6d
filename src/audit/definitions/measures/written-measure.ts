import { z } from 'zod'
import type { Probe } from '../../types/definitions.js'
import type { Measure, MeasureKind } from '../../types/measures.js'
import { associationThresholdSchema, toAssociationThreshold } from './association-threshold.js'
import { attributeAccuracySchema, toAttributeAccuracy } from './attribute-accuracy.js'
import { featureSensitivitySchema, toFeatureSensitivity } from './feature-sensitivity.js'
import { annotatorAgreementSchema, toAnnotatorAgreement } from './annotator-agreement.js'
import { dataOverlapSchema, toDataOverlap } from './data-overlap.js'
import { outcomeRateSchema, toOutcomeRate } from './outcome-rate.js'
import { calibrationSchema, toCalibration } from './calibration.js'
import { abstentionSchema, toAbstention } from './abstention.js'
import { retrievalSkewSchema, toRetrievalSkew } from './retrieval-skew.js'
import { captionAssociationSchema, toCaptionAssociation } from './caption-association.js'
import { captionTestSchema, toCaptionTest } from './caption-test.js'
import { identitySchema, toIdentity } from './identity.js'
import { linearProbeSchema, toLinearProbe } from './linear-probe.js'
import { embeddingAssociationSchema, toEmbeddingAssociation } from './embedding-association.js'
import { selfSimilaritySchema, toSelfSimilarity } from './self-similarity.js'
import { markednessSchema, toMarkedness } from './markedness.js'
import { toTopKAssociation, topKAssociationSchema } from './top-k-association.js'

/** How the file of a probe writes what is computed: one member for each kind. */
export const writtenMeasure = z.discriminatedUnion('kind', [
  outcomeRateSchema,
  dataOverlapSchema,
  annotatorAgreementSchema,
  associationThresholdSchema,
  attributeAccuracySchema,
  featureSensitivitySchema,
  calibrationSchema,
  abstentionSchema,
  retrievalSkewSchema,
  captionAssociationSchema,
  captionTestSchema,
  identitySchema,
  linearProbeSchema,
  embeddingAssociationSchema,
  selfSimilaritySchema,
  markednessSchema,
  topKAssociationSchema,
])

export type WrittenMeasure = z.output<typeof writtenMeasure>

/** The measure that a probe's file means, with everything that it leaves to a default. */
export function toMeasure(written: WrittenMeasure): Measure {
  switch (written.kind) {
    case 'outcome-rate':
      return toOutcomeRate(written)
    case 'data-overlap':
      return toDataOverlap(written)
    case 'annotator-agreement':
      return toAnnotatorAgreement(written)
    case 'association-threshold':
      return toAssociationThreshold(written)
    case 'attribute-accuracy':
      return toAttributeAccuracy(written)
    case 'feature-sensitivity':
      return toFeatureSensitivity(written)
    case 'calibration':
      return toCalibration(written)
    case 'abstention':
      return toAbstention(written)
    case 'retrieval-skew':
      return toRetrievalSkew(written)
    case 'caption-association':
      return toCaptionAssociation(written)
    case 'caption-test':
      return toCaptionTest(written)
    case 'linear-probe':
      return toLinearProbe(written)
    case 'identity':
      return toIdentity(written)
    case 'embedding-association':
      return toEmbeddingAssociation(written)
    case 'self-similarity':
      return toSelfSimilarity(written)
    case 'markedness':
      return toMarkedness(written)
    case 'top-k-association':
      return toTopKAssociation(written)
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
