import type { MeasureKind } from '../types/measures.js'
import { attributeAccuracyRules } from './attribute-accuracy/rules.js'
import { associationThresholdRules } from './association-threshold/rules.js'
import { featureSensitivityRules } from './feature-sensitivity/rules.js'
import { annotatorAgreementRules } from './annotator-agreement/rules.js'
import { dataOverlapRules } from './data-overlap/rules.js'
import { embeddingAssociationRules } from './embedding-association/rules.js'
import { markednessRules } from './markedness/rules.js'
import { selfSimilarityRules } from './self-similarity/rules.js'
import { topKAssociationRules } from './top-k-association/rules.js'
import type { MeasureRules } from './measure-kind.js'
import { outcomeRateRules } from './outcome-rate.js'
import { calibrationRules } from './calibration/rules.js'
import { abstentionRules } from './abstention/rules.js'
import { retrievalSkewRules } from './retrieval-skew/rules.js'
import { captionAssociationRules } from './caption-association/rules.js'
import { captionTestRules } from './caption-test/rules.js'
import { linearProbeRules } from './linear-probe/rules.js'
import { identityRules } from './identity/rules.js'

/** What each kind of measure does. */
const KINDS: { readonly [Kind in MeasureKind]: MeasureRules<Kind> } = {
  'outcome-rate': outcomeRateRules,
  'data-overlap': dataOverlapRules,
  'annotator-agreement': annotatorAgreementRules,
  'embedding-association': embeddingAssociationRules,
  'self-similarity': selfSimilarityRules,
  markedness: markednessRules,
  'top-k-association': topKAssociationRules,
  'association-threshold': associationThresholdRules,
  'attribute-accuracy': attributeAccuracyRules,
  'feature-sensitivity': featureSensitivityRules,
  calibration: calibrationRules,
  abstention: abstentionRules,
  'retrieval-skew': retrievalSkewRules,
  'caption-association': captionAssociationRules,
  'caption-test': captionTestRules,
  identity: identityRules,
  'linear-probe': linearProbeRules,
}

/** The rules of one kind. */
export function rulesOf<Kind extends MeasureKind>(kind: Kind): MeasureRules<Kind> {
  return KINDS[kind]
}
