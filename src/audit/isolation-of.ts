import type { Tools } from './tools.js'
import type { EmbeddingPlan } from './types/definitions.js'
import type { Isolation } from './types/isolation.js'

/** How a run is isolated; undefined where neither the plan nor the tools ask for it. */
export function isolationOf({ isolate }: Pick<EmbeddingPlan, 'isolate'>, { isolation }: Tools): Isolation | undefined {
  return isolation ?? (isolate === true ? {} : undefined)
}
