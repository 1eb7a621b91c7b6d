import type { MeasureRules } from '../measure-kind.js'
import { observeLinearProbe } from './observe.js'
import { tabulateLinearProbe } from './tabulate.js'

/** Linear probe and few-shot classifiers beside zero-shot (measures.md B15; CLIP 7.1, rows *LR CLIP*). Evidence needed: embeddings of the audited
 *  and of training images. It asks nothing of label sets: one that claims values of an attribute is one more column. */
export const linearProbeRules: MeasureRules<'linear-probe'> = {
  missing: () => null,
  observe: observeLinearProbe,
  tabulate: tabulateLinearProbe,
}
