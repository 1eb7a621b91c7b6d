import type { Decisions } from '../types/decisions.js'
import type { Label, LabelSet } from '../types/definitions.js'

/** A label set and what it decides for the rows of a dataset. */
export type Decided = {
  readonly labelSet: Pick<LabelSet, 'id' | 'labels' | 'outcomes' | 'templates'>
  readonly decisions: Pick<Decisions, 'winner' | 'exactTies'>
}

const MOST_NAMED = 3 // pairs of labels in the message; their number is always in it

/** Whether the second label set is the first with labels added: every label of the first stands in it with the same id and
 *  text, and the templates are the same, so that both give an image the same score for it. */
export function isSuperset(
  first: Pick<Decided['labelSet'], 'labels' | 'templates'>,
  second: Pick<Decided['labelSet'], 'labels' | 'templates'>,
): boolean {
  const sameTemplates =
    first.templates.length === second.templates.length &&
    first.templates.every((template, index) => template === second.templates[index])
  const texts = textsOf(second.labels)
  return sameTemplates && first.labels.every(({ id, text }) => texts.get(id) === text)
}

/** Holds that added labels only take images away from old ones: of more candidates the highest score can only be an added one or
 *  the one that was highest before. An image that moves to another old label is a defect of the decisions, unless an exact tie
 *  between old labels is recorded for it under the first label set (the order of the labels decides those).
 *  Throws RangeError that names both labels and how many images moved between them, for the pairs with most images first; and
 *  where the second label set is not a superset: ask `isSuperset` first. Source: measures.md B7. */
export function requireFlowToAddedLabels(first: Decided, second: Decided): void {
  if (!isSuperset(first.labelSet, second.labelSet)) {
    const expected = `every label of ${JSON.stringify(first.labelSet.id)} with its text and templates`
    throw new RangeError(`requireFlowToAddedLabels expected ${expected} in ${JSON.stringify(second.labelSet.id)}`)
  }
  const moved = movesToOldLabels(first, second)
  if (moved.length === 0) return
  const named = moved.slice(0, MOST_NAMED).map(({ from, to, images }) => `${images} from ${from} to ${to}`)
  const more = moved.length > MOST_NAMED ? `, and between ${moved.length - MOST_NAMED} more pairs of labels` : ''
  const expected = `images to move only to labels that ${JSON.stringify(second.labelSet.id)} adds`
  throw new RangeError(`requireFlowToAddedLabels expected ${expected} but received ${named.join(', ')}${more}`)
}

/** Images that moved between two old labels, named as in messages. */
export type Move = { readonly from: string; readonly to: string; readonly images: number }

/** Pairs of old labels between which images moved that had no exact tie, most images first. */
export function movesToOldLabels(first: Decided, second: Decided): Move[] {
  const { length } = first.labelSet.labels
  const place = new Map(first.labelSet.labels.map(({ id }, index) => [id, index]))
  const oldPlace = second.labelSet.labels.map(({ id }) => place.get(id) ?? -1)
  const images = new Map<number, number>()
  first.decisions.winner.forEach((from, row) => {
    const winner = second.decisions.winner[row]
    if (from < 0 || winner < 0 || first.decisions.exactTies[row] === 1) return
    const to = oldPlace[winner]
    if (to >= 0 && to !== from) images.set(from * length + to, (images.get(from * length + to) ?? 0) + 1)
  })
  const nameOf = (label: number): string => JSON.stringify(first.labelSet.labels[label].id)
  return [...images]
    .sort(([pairA, a], [pairB, b]) => b - a || pairA - pairB)
    .map(([pair, count]) => ({ from: nameOf(Math.floor(pair / length)), to: nameOf(pair % length), images: count }))
}

function textsOf(labels: readonly Label[]): ReadonlyMap<string, string> {
  return new Map(labels.map(({ id, text }) => [id, text]))
}
