import { benjaminiHochberg } from '../../statistics/benjamini-hochberg.js'
import { keyness, type Keyness, type KeynessVariant } from '../../statistics/keyness.js'
import type { Proportion } from '../../statistics/proportion.js'
import type { GivenLabels } from './group-labels.js'

/** One label for one group against others. `keyness` and `q` are null where nobody or everybody was given the label. */
export type LabelAssociation = {
  /** Place in the label set. */
  readonly label: number
  readonly target: Proportion
  readonly rest: Proportion
  readonly keyness: Keyness | null
  /** Adjusted over all labels of the set that some and not all were given (Benjamini-Hochberg). */
  readonly q: number | null
}

/** How every label of a set is spread over two sides, in label order. Both sides have images. */
export function labelAssociations(target: GivenLabels, rest: GivenLabels, variant: KeynessVariant): LabelAssociation[] {
  const found = target.counts.map((_, label) => keynessOf(label, { target, rest, variant }))
  const qValues = benjaminiHochberg(found.map((one) => one?.p ?? null))
  return found.map((one, label) => ({
    label,
    target: { count: target.counts[label], total: target.images },
    rest: { count: rest.counts[label], total: rest.images },
    keyness: one,
    q: qValues[label],
  }))
}

type Sides = { readonly target: GivenLabels; readonly rest: GivenLabels; readonly variant: KeynessVariant }

function keynessOf(label: number, { target, rest, variant }: Sides): Keyness | null {
  const [own, other] = [target, rest].map((side) => ({
    count: side.counts[label],
    total: variant === 'image' ? side.images : labelsGiven(side),
  }))
  const count = own.count + other.count
  if (count === 0 || count === own.total + other.total || own.total === 0 || other.total === 0) return null
  return keyness(own, other, variant)
}

/** Labels given to all images of a side together: an image with three labels adds three. */
export function labelsGiven({ counts }: GivenLabels): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The labels that one side has more often, those with the largest chi-squared, at most `top`; then ordered by how many images of both sides
 *  have them. Ties by the order of the label set. */
export function mostAssociated(
  associations: readonly LabelAssociation[],
  side: 'target' | 'rest',
  top: number,
): LabelAssociation[] {
  const towards = side === 'target' ? 1 : -1
  const size = ({ keyness: found }: LabelAssociation): number => towards * (found?.signed ?? 0)
  const images = ({ target, rest }: LabelAssociation): number => target.count + rest.count
  return associations
    .filter((one) => size(one) > 0)
    .sort((a, b) => size(b) - size(a) || a.label - b.label)
    .slice(0, top)
    .sort((a, b) => images(b) - images(a) || a.label - b.label)
}
