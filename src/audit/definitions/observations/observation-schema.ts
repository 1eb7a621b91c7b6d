import { z } from 'zod'
import { annotatorAgreementObserved } from './annotator-agreement.js'
import { associationThresholdObserved } from './association-threshold.js'
import { embeddingAssociationObserved } from './embedding-association.js'
import { markednessObserved } from './markedness.js'
import { selfSimilarityObserved } from './self-similarity.js'
import { topKAssociationObserved } from './top-k-association.js'
import { featureSensitivityObserved } from './feature-sensitivity.js'
import { calibrationObserved } from './calibration.js'
import { abstentionObserved } from './abstention.js'
import { retrievalSkewObserved } from './retrieval-skew.js'
import { captionAssociationObserved } from './caption-association.js'
import { captionTestObserved } from './caption-test.js'
import { identityObserved } from './identity.js'
import { linearProbeObserved } from './linear-probe.js'

/** What measures took from scores and embeddings: one member for each kind that needs it. */
export const observationSchema = z.discriminatedUnion('kind', [
  annotatorAgreementObserved,
  embeddingAssociationObserved,
  selfSimilarityObserved,
  markednessObserved,
  topKAssociationObserved,
  associationThresholdObserved,
  featureSensitivityObserved,
  calibrationObserved,
  abstentionObserved,
  retrievalSkewObserved,
  captionAssociationObserved,
  captionTestObserved,
  identityObserved,
  linearProbeObserved,
])
