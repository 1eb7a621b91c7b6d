import type { LabelDistribution } from '../../types/derived.js'
import { foreign } from '../foreign.js'
import { labelCode } from '../label-codes.js'
import { attributeName, designName, outcomeName, printable, valueName } from '../names.js'
import type { Words } from '../words.js'
import { isHarmless } from './labels-chosen.js'

/** Words and formulae, and the one place where label terms stand literally. */
export function glossary(words: Words) {
  const { audit, locale } = words
  const hasDesigns = audit.facts.paired.length + audit.facts.ablations.length > 0
  const listOf = (id: string) => [...locale.list(id), ...(hasDesigns ? locale.list(`designs.${id}`) : [])]
  return {
    terms: listOf('glossary').map((entry) => ({ term: entry.term ?? '', meaning: entry.meaning ?? '' })),
    formulae: listOf('formulae').map(({ name, formula, undefined: when, source }) => ({
      name: name ?? '',
      formula: formula ?? '',
      when: when ?? '',
      source: source ?? '',
    })),
    labels: labelTerms(words),
    distributions: audit.derived.distributions
      .filter(({ labelSet }) => !isHarmless(words.index.labelSet(labelSet)))
      .map((distribution, i) => distributionTable(`d${i}`, distribution, words)),
  }
}

/** Every label once, with the label sets that hold it. */
function labelTerms(words: Words) {
  const { audit, locale } = words
  const terms = new Map<string, { id: string; text: string; code: string; outcome: string; labelSets: string[] }>()
  for (const set of audit.facts.labelSets) {
    for (const { id, text, outcome } of set.labels) {
      const key = JSON.stringify([id, text, outcome])
      const term = terms.get(key) ?? {
        id: printable(id),
        text: foreign(printable(text), locale),
        code: labelCode(id, words),
        outcome: outcomeName(outcome, locale),
        labelSets: [],
      }
      term.labelSets.push(printable(set.id))
      terms.set(key, term)
    }
  }
  return [...terms.values()].map(({ labelSets, ...term }) => ({ ...term, labelSets: labelSets.join(', ') }))
}

/** How often each label was chosen, by the values of one attribute: labels down, values across. */
function distributionTable(id: string, { evidence, labelSet, attribute, rows }: LabelDistribution, words: Words) {
  const { locale, numbers, audit } = words
  const columns = rows.map(({ value, total }) => ({ value: valueName(value, locale), total: numbers.count(total) }))
  const counts = rows.map((row) => new Map(row.counts.map(([label, images]) => [label, images])))
  const labels = audit.facts.labelSets.find((set) => set.id === labelSet)?.labels ?? []
  const chosen = labels.filter((label) => counts.some((column) => column.has(label.id)))
  return {
    id,
    caption: locale.text('words.distribution', {
      labelSet: designName(evidence, labelSet, words),
      attribute: attributeName(attribute, locale),
    }),
    columns,
    rows: chosen.map((label) => ({
      text: foreign(printable(label.text), locale),
      cells: counts.map((column, i) => {
        const images = column.get(label.id)
        return images === undefined
          ? numbers.ofTotal(0, rows[i]?.total ?? 0)
          : numbers.ofTotal(images, rows[i]?.total ?? 0)
      }),
    })),
  }
}
