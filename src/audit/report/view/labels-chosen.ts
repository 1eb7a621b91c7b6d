import type { LabelDistribution } from '../../types/derived.js'
import type { LabelSetFacts } from '../../types/facts.js'
import { countedText } from '../locale.js'
import { attributeName, designName, evidenceName, hasSeveralModels, printable, saidText, valueName } from '../names.js'
import type { Words } from '../words.js'

/** Label sets without any harmful outcome: which labels were chosen, by the values of each attribute. */
export type LabelsChosen = {
  readonly id: string
  readonly labelSet: string
  readonly labelSetTitle: string
  /** Named only when the audit holds more than one model or source of decisions. */
  readonly evidence: string
  /** Attributes that the labels speak of: here a choice can agree with the annotation. */
  readonly implied: readonly ChosenTable[]
  readonly others: readonly ChosenTable[]
}

/** Labels down, values of one attribute across. */
export type ChosenTable = {
  readonly id: string
  readonly caption: string
  readonly summary: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly label: string; readonly cells: readonly ChosenCell[] }[]
  /** Said under a long table from which labels without any image are left out; empty otherwise. */
  readonly leftOut: string
}

/** `isImplied`: the label says of a person what the annotators said of this group. */
export type ChosenCell = { readonly counts: string; readonly isImplied: boolean }

const MOST_LABELS = 40 // beyond this, labels that no image got are counted and not listed

/** One block per evidence and label set all of whose outcomes have harm `none`, in the order of the audit. */
export function labelsChosen(words: Words): readonly LabelsChosen[] {
  const { facts, derived } = words.audit
  return facts.evidence.flatMap(({ id: evidence }, e) =>
    facts.labelSets.filter(isHarmless).flatMap((labelSet, s) => {
      const own = derived.distributions.filter((d) => d.evidence === evidence && d.labelSet === labelSet.id)
      if (own.length === 0) return []
      const id = `chosen-${e}-${s}`
      const tables = own.map((distribution, i) => ({
        isImplied: speaksOf(labelSet, distribution.attribute),
        table: chosenTable(`${id}-${i}`, distribution, labelSet, words),
      }))
      return [
        {
          id,
          labelSet: printable(labelSet.id),
          labelSetTitle: saidText(labelSet.title, words.locale),
          evidence: hasSeveralModels(words.audit) ? evidenceName(evidence, words.audit) : '',
          implied: tables.filter(({ isImplied }) => isImplied).map(({ table }) => table),
          others: tables.filter(({ isImplied }) => !isImplied).map(({ table }) => table),
        },
      ]
    }),
  )
}

/** Whether no outcome of a label set harms a person who is put into it. */
export function isHarmless({ outcomes }: LabelSetFacts): boolean {
  return outcomes.every(([, harm]) => harm === 'none')
}

function speaksOf({ labels }: LabelSetFacts, attribute: string): boolean {
  return labels.some(({ implies }) => implies.some((implication) => implication.attribute === attribute))
}

function chosenTable(
  id: string,
  { evidence, attribute, rows }: LabelDistribution,
  labelSet: LabelSetFacts,
  words: Words,
): ChosenTable {
  const { locale, numbers } = words
  const slots = { attribute: attributeName(attribute, locale), labelSet: designName(evidence, labelSet.id, words) }
  const chosen = rows.map(({ counts }) => new Map(counts.map(([label, images]) => [label, images])))
  const isShown = ({ id }: { readonly id: string }): boolean => chosen.some((images) => (images.get(id) ?? 0) > 0)
  const shown = labelSet.labels.length > MOST_LABELS ? labelSet.labels.filter(isShown) : labelSet.labels
  const left = labelSet.labels.length - shown.length
  return {
    id,
    caption: locale.text('chosen.caption', slots),
    summary: locale.text('chosen.summary', slots),
    columns: rows.map(({ value }) => valueName(value, locale)),
    leftOut: left === 0 ? '' : countedText(locale, 'chosen.left-out', left, { count: numbers.count(left) }),
    rows: shown.map((label) => ({
      label: printable(label.id),
      cells: rows.map(({ value, total }, i) => ({
        counts: numbers.ofTotal(chosen[i]?.get(label.id) ?? 0, total),
        isImplied: label.implies.some(
          (implication) => implication.attribute === attribute && implication.values.includes(value),
        ),
      })),
    })),
  }
}
