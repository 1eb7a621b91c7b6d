import { countedText } from '../../locale.js'
import type { CurveWords } from '../../curve-words.js'
import { outcomeName, printable, shortHash } from '../../names.js'

const MOST_ROWS = 2000 // more would weigh more than the curves; curve-specifications.csv has all

/** The grid as declared: factors, choices, their words apart, and every specification by number. */
export function declaredGrid({ curve, locale, numbers }: CurveWords) {
  const { grid, factors, specifications, asWritten } = curve.facts
  const step = Math.ceil(specifications.length / MOST_ROWS)
  return {
    title: printable(grid.title),
    source: printable(grid.source),
    repeated:
      grid.repeated === 0
        ? ''
        : countedText(locale, 'curve.grid.repeated', grid.repeated, { count: numbers.count(grid.repeated) }),
    sha256: printable(grid.sha256),
    factors: factors.map(({ id, choices }, f) => ({
      factor: printable(id),
      choices: choices.map((choice, c) => ({
        id: printable(choice.id),
        used: locale.text('curve.grid.used-of', {
          choice: printable(choice.id),
          times: numbers.ofTotal(specifications.filter((each) => each.choices[f] === c).length, specifications.length),
        }),
        text: printable(choice.note),
        verbatim: (choice.texts ?? []).map(([what, text]) =>
          locale.text('curve.grid.verbatim', { what: printable(what), text: printable(text) }),
        ),
      })),
    })),
    names: factors.map(({ id }) => printable(id)),
    thinned: step === 1 ? '' : locale.text('curve.grid.thinned', { step: numbers.count(step) }),
    rows: specifications.flatMap(({ choices, labels, promptsSha256 }, i) =>
      i % step !== 0
        ? []
        : [
            {
              number: locale.text(i === asWritten ? 'curve.table.as-written' : 'curve.table.number', {
                number: numbers.count(i + 1),
              }),
              choices: choices.map((choice, f) => printable(factors[f]?.choices[choice]?.id ?? '')),
              labels: numbers.count(labels),
              prompts: shortHash(promptsSha256),
            },
          ],
    ),
  }
}

/** The label set that the grid starts from, in full. */
export function baseLabelSet({ curve, locale }: CurveWords) {
  const { labelSet } = curve.facts
  return {
    id: printable(labelSet.id),
    title: printable(labelSet.title),
    source: printable(labelSet.source),
    sha256: printable(labelSet.sha256),
    templates: labelSet.templates.map(printable),
    outcomes: labelSet.outcomes.map(({ id, harm }) => ({ id: printable(id), harm: locale.text(`harms.${harm}`) })),
    labels: labelSet.labels.map(({ id, text, outcome }) => ({
      id: printable(id),
      text: printable(text),
      outcome: outcomeName(outcome, locale),
    })),
  }
}
