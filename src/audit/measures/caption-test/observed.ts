import { fitsCells, isDistinct, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const captionTestObservedRules: ObservedRules<'caption-test'> = {
  fits: ({ clusters, protocols }, around) =>
    isDistinct(protocols.map(({ protocol }) => protocol)) &&
    protocols.every(({ cells }) => {
      const asked = new Map<number, number>()
      for (const { cell, correct, close, other } of cells)
        asked.set(cell, (asked.get(cell) ?? 0) + correct + close + other)
      return (
        isDistinct(cells.map(({ cell, cluster }) => `${cell} ${cluster}`)) &&
        cells.every(({ cluster }) => clusters !== null || cluster === null) &&
        fitsCells([...asked].map(([cell, images]) => ({ cell, images })), around, ({ images }) => images) // prettier-ignore
      )
    }),
}
