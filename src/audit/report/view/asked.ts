import { categoryOutcomes } from '../../types/measures.js'
import { groupByName, printable } from '../names.js'
import type { Words } from '../words.js'
import { notApplicable } from './not-applicable.js'
import { published } from './published.js'

/** What was asked: the system, the probes, the label sets as sent, and published figures beside ours. */
export function asked(words: Words) {
  const { audit, locale } = words
  const { facts } = audit
  return {
    probes: facts.probes.map((probe) => ({
      id: printable(probe.id),
      question: printable(probe.question),
      motivation: printable(probe.motivation),
      groupBy: probe.groupBy.map(groupByName).join('; '),
      howToRead: probe.howToRead.map(printable),
      cannotShow: probe.cannotShow.map(printable),
      outcomes: [
        ...categoryOutcomes(probe.measure).map(({ id, categories, isUnion }) => {
          const parts = categories.map(printable).join(' + ')
          return isUnion ? locale.text('asked.union', { outcome: printable(id), categories: parts }) : printable(id)
        }),
        ...probe.counted.map(({ id }) => printable(id)),
      ].join('; '),
      sha256: printable(probe.sha256),
      caveats: probe.caveats.map((caveat) =>
        locale.has(`caveats.${caveat}`) ? locale.text(`caveats.${caveat}`) : printable(caveat),
      ),
      references: probe.references.map(printable),
      notApplicable: notApplicable(probe, words),
    })),
    labelSets: facts.labelSets.map((set) => ({
      id: printable(set.id),
      title: printable(set.title),
      source: printable(set.source),
      sha256: printable(set.sha256),
      promptsSha256: printable(set.promptsSha256),
      templates: set.templates.map(printable),
      labels: words.numbers.count(set.labels.length),
      outcomes: set.outcomes.map(([id, harm]) => ({ id: printable(id), harm: locale.text(`harms.${harm}`) })),
    })),
    published: published(words),
    hasPublished: audit.derived.published.length > 0,
  }
}
