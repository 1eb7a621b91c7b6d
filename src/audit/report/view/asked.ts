import { categoryOutcomes } from '../../types/measures.js'
import { foreign } from '../foreign.js'
import { groupByName, outcomeName, printable, probeName, saidText } from '../names.js'
import type { Words } from '../words.js'
import { notApplicable } from './not-applicable.js'
import { published } from './published.js'

/** What was asked: the system, the probes, the label sets as sent, and published figures beside ours. */
export function asked(words: Words) {
  const { audit, locale } = words
  const { facts } = audit
  return {
    probes: facts.probes.map((probe) => ({
      id: probeName(probe.id, locale),
      question: saidText(probe.question, locale),
      motivation: saidText(probe.motivation, locale),
      groupBy: probe.groupBy.map((each) => groupByName(each, locale)).join('; '),
      howToRead: probe.howToRead.map((sentence) => saidText(sentence, locale)),
      cannotShow: probe.cannotShow.map((sentence) => saidText(sentence, locale)),
      outcomes: [
        ...categoryOutcomes(probe.measure).map(({ id, categories, isUnion }) => {
          const parts = categories.map((category) => outcomeName(category, locale)).join(' + ')
          return isUnion
            ? locale.text('asked.union', { outcome: outcomeName(id, locale), categories: parts })
            : outcomeName(id, locale)
        }),
        ...probe.counted.map(({ id }) => outcomeName(id, locale)),
      ].join('; '),
      sha256: printable(probe.sha256),
      caveats: probe.caveats.map((caveat) =>
        locale.has(`caveats.${caveat}`) ? locale.text(`caveats.${caveat}`) : saidText(caveat, locale),
      ),
      references: probe.references.map((reference) => foreign(printable(reference), locale)),
      notApplicable: notApplicable(probe, words),
    })),
    labelSets: facts.labelSets.map((set) => ({
      id: printable(set.id),
      title: saidText(set.title, locale),
      source: saidText(set.source, locale),
      sha256: printable(set.sha256),
      promptsSha256: printable(set.promptsSha256),
      templates: set.templates.map((template) => foreign(printable(template), locale)),
      labels: words.numbers.count(set.labels.length),
      outcomes: set.outcomes.map(([id, harm]) => ({ id: outcomeName(id, locale), harm: locale.text(`harms.${harm}`) })),
    })),
    published: published(words),
    hasPublished: audit.derived.published.length > 0,
  }
}
