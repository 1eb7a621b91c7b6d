import { categoryOutcomes } from '../types/measures.js'
import { quoted } from '../errors.js'
import type { LabelSet, Probe } from '../types/definitions.js'
import type { Grid } from '../types/grid.js'
import { AS_WRITTEN, NO_ALTERNATIVE } from './grid-words.js'
import type { WrittenGrid } from './grid-schema.js'
import { crossedLabels, factorSizes, type CrossedLabel } from './grid-cross.js'
import type { RuleFaults } from './rule-faults.js'
import { asList } from './schema-words.js'
import { didYouMean, folded } from './words.js'
import type { Path } from './yaml-place.js'

/** More make a file that nobody opens, and a run of an hour. */
export const MOST_SPECIFICATIONS = 20_000

type Named = { readonly labelSet: LabelSet; readonly probe: Probe }

/** What must hold of a grid beyond its form: labels and outcomes are those of the label set, and nothing is said twice. */
export function checkGrid(written: WrittenGrid, { labelSet, probe }: Named, faults: RuleFaults): void {
  checkProbe(labelSet, probe, faults)
  written.ensembling?.forEach((way, index) => {
    if (written.ensembling?.indexOf(way) !== index)
      faults.add(['ensembling', index], 'each way once', { received: `${quoted(way)} again` })
  })
  checkWordings(written, labelSet, faults)
  for (const [label, texts] of written.synonyms ?? []) checkSynonyms(label, texts, labelSet, faults)
  checkAlternatives(written, labelSet, faults)
}

function checkProbe(labelSet: LabelSet, { id, measure, groupBy }: Probe, faults: RuleFaults): void {
  const present = labelSet.outcomes.map((outcome) => outcome.id)
  const missing = categoryOutcomes(measure)
    .flatMap(({ categories }) => categories)
    .find((each) => !present.includes(each))
  if (missing !== undefined)
    faults.add(['labelSet'], `a label set with the outcome ${quoted(missing)}, which the probe ${id} counts`, {
      received: `${quoted(labelSet.id)}, which has ${present.join(', ')}`,
    })
  if (!groupBy.some((attributes) => attributes.length === 1))
    faults.add(['probe'], 'a probe that groups by a single attribute', { received: `${quoted(id)}, which does not` })
}

function checkWordings({ wordings = [] }: WrittenGrid, labelSet: LabelSet, faults: RuleFaults): void {
  wordings.forEach(({ id, texts }, index) => {
    const path = ['wordings', index]
    checkChoiceId(id, { path, taken: [AS_WRITTEN, ...wordings.slice(0, index).map((other) => other.id)] }, faults)
    if (texts.size === 0) faults.add([...path, 'texts'], 'at least one label with another text')
    for (const [label, text] of texts) checkText(label, text, { path: [...path, 'texts', label], labelSet }, faults)
  })
}

function checkSynonyms(
  label: string,
  written: string | readonly string[],
  labelSet: LabelSet,
  faults: RuleFaults,
): void {
  const texts = asList(written)
  const placeOf = (index: number): Path =>
    typeof written === 'string' ? ['synonyms', label] : ['synonyms', label, index]
  if (!labelSet.labels.some(({ id }) => id === label))
    return checkText(label, '', { path: placeOf(0), labelSet }, faults)
  texts.forEach((text, index) => {
    checkText(label, text, { path: placeOf(index), labelSet }, faults)
    if (texts.findIndex((other) => folded(other) === folded(text)) < index)
      faults.add(placeOf(index), 'each synonym once', { received: `${quoted(text)} again` })
  })
}

function checkText(
  label: string,
  text: string,
  { path, labelSet }: { path: Path; labelSet: LabelSet },
  faults: RuleFaults,
): void {
  const ids = labelSet.labels.map(({ id }) => id)
  const written = labelSet.labels.find(({ id }) => id === label)?.text
  if (written === undefined) {
    faults.add(path, `the id of a label of ${labelSet.id}`, {
      received: quoted(label),
      hint: didYouMean(label, ids) ?? `probity show ${labelSet.id} prints them.`,
    })
  } else if (folded(written) === folded(text)) {
    faults.add(path, `another text than that of ${labelSet.id}`, {
      hint: 'The label set as written is always a choice.',
    })
  }
}

function checkAlternatives({ alternatives = [] }: WrittenGrid, labelSet: LabelSet, faults: RuleFaults): void {
  const harmless = labelSet.outcomes.filter(({ harm }) => harm === 'none').map(({ id }) => id)
  alternatives.forEach(({ id, add }, index) => {
    const path = ['alternatives', index]
    checkChoiceId(
      id,
      { path, taken: [NO_ALTERNATIVE, ...alternatives.slice(0, index).map((other) => other.id)] },
      faults,
    )
    add.forEach((label, position) => {
      const place = [...path, 'add', position]
      const others = [...labelSet.labels, ...add.slice(0, position)].map((other) => folded(other.id))
      if (others.includes(folded(label.id)))
        faults.add([...place, 'id'], 'a label id that no other label has', { received: `${quoted(label.id)} again` })
      if (harmless.length === 0 || (label.outcome !== undefined && !harmless.includes(label.outcome)))
        faults.add(
          [...place, 'outcome'],
          `an outcome category without harm (${harmless.join(', ') || 'the label set has none'})`,
          {
            hint: label.outcome === undefined ? undefined : didYouMean(label.outcome, harmless),
          },
        )
    })
  })
}

function checkChoiceId(
  id: string,
  { path, taken }: { path: Path; taken: readonly string[] },
  faults: RuleFaults,
): void {
  if (taken.includes(id)) faults.add([...path, 'id'], 'each choice once', { received: `${quoted(id)} again` })
}

/** What only the whole cross shows: how many specifications there are, and labels that come to the same text. */
export function checkSize(grid: Omit<Grid, 'sha256'>, faults: RuleFaults): void {
  const sizes = factorSizes(grid)
  const product = sizes.reduce((all, { size }) => all * size, 1)
  if (product > MOST_SPECIFICATIONS) {
    const factors = sizes.map(({ factor, size }) => `${factor} ${size}`).join(', ')
    return faults.add(['templates'], `a grid of at most ${MOST_SPECIFICATIONS} specifications`, {
      received: `${product} (${factors})`,
      hint: 'Leave out choices, or make two grids.',
    })
  }
  for (const { labels } of crossedLabels(grid)) {
    const pair = sameText(labels)
    if (pair === null) continue
    const { path } = pair.findLast((label) => label.path.length > 0) ?? pair[0]
    const received = `${quoted(pair[1].text)} for ${pair.map(({ id }) => id).join(' and ')}`
    return faults.add(path, 'texts that make each prompt of a label set once', { received })
  }
}

function sameText(labels: readonly CrossedLabel[]): readonly [CrossedLabel, CrossedLabel] | null {
  const seen = new Map<string, CrossedLabel>()
  for (const label of labels) {
    const key = folded(label.text)
    const earlier = seen.get(key)
    if (earlier !== undefined) return [earlier, label]
    seen.set(key, label)
  }
  return null
}
