import { fitsCells, isBetween, isDistinct, labelsOf, sum, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const annotatorAgreementObservedRules: ObservedRules<'annotator-agreement'> = {
  fits: ({ annotators, categories, cells }, around) =>
    categories.every((id) => labelsOf(around).has(id)) &&
    fitsCells(cells, around, ({ patterns }) => sum(patterns.map(({ images }) => images))) &&
    cells.every(
      ({ patterns }) =>
        isDistinct(patterns.map(({ counts }) => counts.join(' '))) &&
        patterns.every(
          ({ counts, images }) =>
            images > 0 && counts.length === categories.length && isBetween(sum(counts), 1, annotators.length),
        ),
    ),
}
