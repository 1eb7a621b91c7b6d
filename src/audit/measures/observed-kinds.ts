import type { Observation } from '../types/observations.js'
import { abstentionObservedRules } from './abstention/observed.js'
import { annotatorAgreementObservedRules } from './annotator-agreement/observed.js'
import { associationThresholdObservedRules } from './association-threshold/observed.js'
import { calibrationObservedRules } from './calibration/observed.js'
import { captionAssociationObservedRules } from './caption-association/observed.js'
import { captionTestObservedRules } from './caption-test/observed.js'
import { embeddingAssociationObservedRules } from './embedding-association/observed.js'
import { featureSensitivityObservedRules } from './feature-sensitivity/observed.js'
import { identityObservedRules } from './identity/observed.js'
import { linearProbeObservedRules } from './linear-probe/observed.js'
import { markednessObservedRules } from './markedness/observed.js'
import { retrievalSkewObservedRules } from './retrieval-skew/observed.js'
import { selfSimilarityObservedRules } from './self-similarity/observed.js'
import { topKAssociationObservedRules } from './top-k-association/observed.js'
import type { ObservedRules } from './observed-rules.js'

const KINDS: { readonly [Kind in Observation['kind']]: ObservedRules<Kind> } = {
  abstention: abstentionObservedRules,
  'annotator-agreement': annotatorAgreementObservedRules,
  'association-threshold': associationThresholdObservedRules,
  calibration: calibrationObservedRules,
  'caption-association': captionAssociationObservedRules,
  'caption-test': captionTestObservedRules,
  'embedding-association': embeddingAssociationObservedRules,
  'feature-sensitivity': featureSensitivityObservedRules,
  identity: identityObservedRules,
  'linear-probe': linearProbeObservedRules,
  markedness: markednessObservedRules,
  'retrieval-skew': retrievalSkewObservedRules,
  'self-similarity': selfSimilarityObservedRules,
  'top-k-association': topKAssociationObservedRules,
}

/** What one kind of measure says of its observations. */
export function observedRulesOf<Kind extends Observation['kind']>(kind: Kind): ObservedRules<Kind> {
  return KINDS[kind]
}
