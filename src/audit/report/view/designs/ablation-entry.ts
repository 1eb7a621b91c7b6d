import type { AblationFacts, AblationRecord } from '../../../types/ablation.js'

/** A record beside the label that it is about. */
export type Entry = {
  readonly label: AblationFacts['label']
  readonly action: AblationFacts['action']
  readonly record: AblationRecord
}
