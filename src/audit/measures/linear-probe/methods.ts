import { UNKNOWN, type Group } from '../../types/groups.js'
import type { Facts } from '../../types/facts.js'
import type { Wording } from '../../types/figures.js'
import type { LinearProbeObserved } from '../../types/observed/linear-probe.js'
import { countRight, type RightCount } from '../reading/count-right.js'
import { canRead, exactly } from '../reading/judge-label.js'
import { talliesOf } from '../reading/readable.js'
import { says } from './words.js'

/** One way to tell an attribute. `draws[draw][cell]`: several draws for few shots, one for the others. */
export type Method = {
  readonly key: string
  readonly heading: Wording
  readonly draws: readonly (readonly RightCount[])[]
}

/** Zero-shot under every label set that claims values of the attribute, then few shots, then all training images: in the order in which more is
 *  given to learn from. */
export function methodsOf(facts: Facts, observed: LinearProbeObserved): Method[] {
  const shots = [...new Set(observed.fits.map((fit) => fit.shots))].sort((a, b) => a - b)
  return [
    ...zeroShot(facts, observed),
    ...shots.filter((one) => one > 0).map((one) => fitted(facts, observed, one)),
    ...shots.filter((one) => one === 0).map((one) => fitted(facts, observed, one)),
  ]
}

function zeroShot(facts: Facts, { attribute, evidence }: LinearProbeObserved): Method[] {
  const reading = exactly(attribute)
  return facts.labelSets
    .filter((labelSet) => canRead(reading, labelSet))
    .map((labelSet) => ({
      key: `zero-shot/${labelSet.id}`,
      heading: says('zero-shot', ['labelSet', labelSet.id]),
      draws: [countRight(talliesOf(facts, evidence ?? '', labelSet.id), reading, { labelSet, dataset: facts.dataset })],
    }))
}

function fitted({ dataset }: Facts, { attribute, classes, fits }: LinearProbeObserved, shots: number): Method {
  const valueOf = (group: Group): string => group.find(([name]) => name === attribute)?.[1] ?? UNKNOWN
  return {
    key: shots === 0 ? 'linear-probe' : `few-shot-${shots}`,
    heading: shots === 0 ? says('linear-probe') : says('few-shot', ['shots', shots]),
    draws: fits
      .filter((fit) => fit.shots === shots)
      .map((fit) => {
        const counted = new Map(fit.cells.map((cell) => [cell.cell, cell.classes] as const))
        return dataset.cells.map(({ group }, cell) => {
          const annotated = valueOf(group)
          const decided = annotated === UNKNOWN ? [] : (counted.get(cell) ?? [])
          const sum = (some: typeof decided): number => some.reduce((total, [, images]) => total + images, 0)
          return {
            count: sum(decided.filter(([one]) => classes[one] === annotated)),
            total: sum(decided),
            offAttribute: 0,
          }
        })
      }),
  }
}
