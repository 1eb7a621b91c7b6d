import { fitsCells, isDistinct, sum, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const linearProbeObservedRules: ObservedRules<'linear-probe'> = {
  fits: ({ classes, fits }, around) =>
    isDistinct(fits.map(({ shots, repeat }) => `${shots} ${repeat}`)) &&
    fits.every(
      ({ absent, cells, fewer }) =>
        [...absent, ...fewer].every((name) => classes.includes(name)) &&
        fitsCells(cells, around, (one) => sum(one.classes.map(([, images]) => images))) &&
        cells.every(
          (one) =>
            isDistinct(one.classes.map(([place]) => place)) &&
            one.classes.every(([place]) => place < classes.length && !absent.includes(classes[place])),
        ),
    ),
  takenAsSeen: ({ fits }) => fits.length, // the loss of each
}
