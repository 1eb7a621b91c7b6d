import type { AnnotatorAgreementObserved } from './observed/annotator-agreement.js'
import type { AbstentionObserved } from './observed/abstention.js'
import type { AssociationObserved } from './observed/association-threshold.js'
import type { CalibrationObserved } from './observed/calibration.js'
import type { CaptionAssociationObserved } from './observed/caption-association.js'
import type { CaptionTestObserved } from './observed/caption-test.js'
import type { EmbeddingAssociationObserved } from './observed/embedding-association.js'
import type { FeatureSensitivityObserved } from './observed/feature-sensitivity.js'
import type { IdentityObserved } from './observed/identity.js'
import type { LinearProbeObserved } from './observed/linear-probe.js'
import type { MarkednessObserved } from './observed/markedness.js'
import type { RetrievalObserved } from './observed/retrieval-skew.js'
import type { SelfSimilarityObserved } from './observed/self-similarity.js'
import type { TopKObserved } from './observed/top-k-association.js'

/** What a measure took from scores, embeddings or captions while they were there: counts wherever counts are enough, so that the
 *  figures follow from them; figures where the whole of the vectors would be needed to compute them again. */
export type Observation =
  | AnnotatorAgreementObserved
  | AbstentionObserved
  | AssociationObserved
  | CalibrationObserved
  | CaptionAssociationObserved
  | CaptionTestObserved
  | EmbeddingAssociationObserved
  | FeatureSensitivityObserved
  | IdentityObserved
  | LinearProbeObserved
  | MarkednessObserved
  | RetrievalObserved
  | SelfSimilarityObserved
  | TopKObserved

export type ObservationOf<Kind extends Observation['kind']> = Extract<Observation, { readonly kind: Kind }>
