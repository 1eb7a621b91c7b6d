import type { LintRuleId } from '../../types/lint.js'
import { ageWithoutLabel } from './age-without-label.js'
import { combinationWithoutLabel } from './combination-without-label.js'
import { doubledArticle } from './doubled-article.js'
import { groupWithoutHarmlessLabel } from './group-without-harmless-label.js'
import { impliedValueUnknown } from './implied-value-unknown.js'
import { labelInsideLabel } from './label-inside-label.js'
import { labelNearOtherOutcome } from './label-near-other-outcome.js'
import { labelsNotToldApart } from './labels-not-told-apart.js'
import { mixedArticles } from './mixed-articles.js'
import { mixedNumber } from './mixed-number.js'
import { mixedPersonWords } from './mixed-person-words.js'
import { moreHarmfulThanHarmless } from './more-harmful-than-harmless.js'
import { nearDuplicateLabels } from './near-duplicate-labels.js'
import { nearTwinTemplates } from './near-twin-templates.js'
import { noHarmlessLabel } from './no-harmless-label.js'
import { noNeutralLabel } from './no-neutral-label.js'
import { oneSidedWording } from './one-sided-wording.js'
import { outcomeOfProbeMissing } from './outcome-of-probe-missing.js'
import { promptTooLong } from './prompt-too-long.js'
import type { LintRule } from './rule.js'
import { samePromptTwice } from './same-prompt-twice.js'
import { singleGroupNamed } from './single-group-named.js'
import { singleLabelOutcome } from './single-label-outcome.js'
import { templateForObjects } from './template-for-objects.js'
import { templateNamesGroup } from './template-names-group.js'
import { thresholdBelowUniform } from './threshold-below-uniform.js'
import { unevenNaming } from './uneven-naming.js'
import { unionOfUnlikeOutcomes } from './union-of-unlike-outcomes.js'
import { unknownTokens } from './unknown-tokens.js'
import { unsaidGroup } from './unsaid-group.js'
import { valueWithoutLabel } from './value-without-label.js'
import { wrongArticle } from './wrong-article.js'

/** Every rule by its id: the table is closed, and a new id breaks the build until it has a rule. */
const RULES: { readonly [Id in LintRuleId]: LintRule } = {
  'no-harmless-label': noHarmlessLabel,
  'no-neutral-label': noNeutralLabel,
  'age-without-label': ageWithoutLabel,
  'one-sided-wording': oneSidedWording,
  'single-group-named': singleGroupNamed,
  'uneven-naming': unevenNaming,
  'combination-without-label': combinationWithoutLabel,
  'mixed-articles': mixedArticles,
  'mixed-number': mixedNumber,
  'wrong-article': wrongArticle,
  'mixed-person-words': mixedPersonWords,
  'unsaid-group': unsaidGroup,
  'label-inside-label': labelInsideLabel,
  'same-prompt-twice': samePromptTwice,
  'more-harmful-than-harmless': moreHarmfulThanHarmless,
  'single-label-outcome': singleLabelOutcome,
  'near-twin-templates': nearTwinTemplates,
  'template-for-objects': templateForObjects,
  'template-names-group': templateNamesGroup,
  'doubled-article': doubledArticle,
  'outcome-of-probe-missing': outcomeOfProbeMissing,
  'union-of-unlike-outcomes': unionOfUnlikeOutcomes,
  'threshold-below-uniform': thresholdBelowUniform,
  'group-without-harmless-label': groupWithoutHarmlessLabel,
  'value-without-label': valueWithoutLabel,
  'implied-value-unknown': impliedValueUnknown,
  'labels-not-told-apart': labelsNotToldApart,
  'near-duplicate-labels': nearDuplicateLabels,
  'label-near-other-outcome': labelNearOtherOutcome,
  'unknown-tokens': unknownTokens,
  'prompt-too-long': promptTooLong,
}

/** All rules, in the order in which they are checked and printed. */
export const LINT_RULES: readonly LintRule[] = Object.values(RULES)
