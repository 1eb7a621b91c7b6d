import type { MeasureRules } from '../measure-kind.js'
import { observeCaptionTest } from './observe.js'
import { tabulateCaptionTest } from './tabulate.js'

/** B13. It asks captions of its own, so no label set lacks anything. */
export const captionTestRules: MeasureRules<'caption-test'> = {
  missing: () => null,
  observe: observeCaptionTest,
  tabulate: tabulateCaptionTest,
}
