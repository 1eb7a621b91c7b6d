import type { LabelSetFacts } from '../../../types/facts.js'
import type { PairFacts } from '../../../types/paired.js'
import { countedText } from '../../locale.js'
import { shownLabel } from '../../label-codes.js'
import { outcomeName, printable } from '../../names.js'
import type { Words } from '../../words.js'
import { sidesOf } from './sides.js'

/** Labels that only one of the two designs has. Texts of labels that harm stand in the closed list at the end of the page only. */
export type ChangedLabels = {
  readonly id: string
  readonly rows: readonly {
    readonly what: string
    readonly id: string
    readonly text: string
    readonly outcome: string
  }[]
}

/** What the second design changes, which images are compared, and what the design allows at all. */
export function whatDiffers(pair: PairFacts, words: Words): readonly string[] {
  const { locale } = words
  return [
    ...(pair.kind === 'designs'
      ? designSentences(pair, words)
      : [locale.text('designs.differs.models', modelSlots(pair))]),
    ...imageSentences(pair, words),
  ]
}

function designSentences(pair: PairFacts, words: Words): string[] {
  const { locale, index } = words
  const named = (labels: readonly string[]): string => labels.map((label) => shownLabel(label, words)).join(', ')
  const [first, second] = pair.labelSets.map((id) => index.labelSet(id))
  const slots = {
    ...sidesOf(pair),
    added: named(pair.added),
    removed: named(pair.removed),
    templates: templatesOf(first),
    templates2: templatesOf(second),
  }
  const isSame = slots.templates === slots.templates2
  return [
    locale.text(`designs.differs.${kindOf(pair)}`, slots),
    locale.text(isSame ? 'designs.differs.same-templates' : 'designs.differs.other-templates', slots),
    ...(pair.isSuperset && pair.added.length > 0
      ? [countedText(locale, 'designs.differs.superset', pair.added.length)]
      : []),
  ]
}

function kindOf({ added, removed }: PairFacts): 'added' | 'removed' | 'both' | 'none' {
  if (added.length > 0) return removed.length > 0 ? 'both' : 'added'
  return removed.length > 0 ? 'removed' : 'none'
}

function templatesOf(labelSet: LabelSetFacts | undefined): string {
  return (labelSet?.templates ?? []).map((template) => `“${printable(template)}”`).join(', ')
}

function modelSlots(pair: PairFacts) {
  return { ...sidesOf(pair), labelSet: printable(pair.labelSets[0]) }
}

/** How many images were decided in both runs, and how many in one only. */
function imageSentences({ id, cells }: PairFacts, { audit, locale, numbers }: Words): string[] {
  const all = audit.derived.flowTests.find(({ pair, group }) => pair === id && group.length === 0)
  if (all === undefined) return []
  const unpaired = cells.reduce((sum, { onlyFirst, onlySecond }) => sum + onlyFirst + onlySecond, 0)
  return [
    locale.text('designs.differs.images', { images: numbers.images(all.images), moved: numbers.count(all.moved) }),
    ...(unpaired === 0
      ? []
      : [countedText(locale, 'designs.unpaired', unpaired, { unpaired: numbers.images(unpaired) })]),
  ]
}

/** The labels added and removed with their texts; null where the designs have the same labels. */
export function changedLabels(id: string, pair: PairFacts, words: Words): ChangedLabels | null {
  const { locale, index } = words
  if (pair.kind === 'models' || pair.added.length + pair.removed.length === 0) return null
  const [first, second] = pair.labelSets
  const rowsOf = (labels: readonly string[], set: LabelSetFacts, what: 'added' | 'removed') =>
    labels.flatMap((label) => {
      const found = set.labels.find((each) => each.id === label)
      if (found === undefined) return []
      const isHarmless = set.outcomes.find(([outcome]) => outcome === found.outcome)?.[1] === 'none'
      return [
        {
          what: locale.text(`designs.labels.${what}`),
          id: shownLabel(found.id, words),
          text: isHarmless ? printable(found.text) : locale.text('designs.labels.text-at-end'),
          outcome: outcomeName(found.outcome, locale),
        },
      ]
    })
  return {
    id,
    rows: [
      ...rowsOf(pair.added, index.labelSet(second), 'added'),
      ...rowsOf(pair.removed, index.labelSet(first), 'removed'),
    ],
  }
}
