import { planAblations } from './definitions/plan-ablations.js'
import { promptsOf } from './definitions/prompts.js'
import type { Embedder } from './embed-dataset.js'
import { embedTokens } from './embedding/embed-prompts.js'
import { textKey } from './embedding/spaces.js'
import { paceOf, secondsAt } from './forecast/pace.js'
import type { Lap } from './forecast/pace.js'
import { spreadOut } from './forecast/spread-out.js'
import type { Plan } from './types/definitions.js'
import type { Watch } from './watch.js'

const AT_ONCE = 32
const MOST = 4 * AT_ONCE

export type TimedPrompts = {
  readonly counts: { readonly total: number; readonly stored: number }
  /** Of those that are still to be embedded. */
  readonly seconds: number
}

/** How long the prompts of a plan take, told from some of them, which are kept. */
export async function timePrompts(plan: Plan, { openTexts }: Embedder, watch: Watch): Promise<TimedPrompts> {
  const side = await openTexts()
  const { texts, space } = side
  try {
    const prompts = distinctPrompts(plan)
    const tokens = prompts.map((prompt) => texts.tokenise(prompt))
    const place = { length: texts.contextLength, padId: texts.padId }
    const missing = tokens.flatMap(({ ids }, index) => (space.has(textKey(ids, place)) ? [] : [index]))
    const sample = spreadOut(missing, MOST)
    const laps: Lap[] = []
    watch()
    for (let start = 0; start < sample.length; start += AT_ONCE) {
      const some = sample.slice(start, start + AT_ONCE)
      await embedTokens(some.map((index) => prompts[index]), some.map((index) => tokens[index]), side) // prettier-ignore
      laps.push({ done: some.length, seconds: watch() })
    }
    const pace = paceOf(laps)
    const left = missing.length - sample.length
    return {
      counts: { total: prompts.length, stored: prompts.length - left },
      seconds: pace === null ? 0 : secondsAt(pace, left).middle,
    }
  } finally {
    await texts.close()
  }
}

function distinctPrompts(plan: Plan): string[] {
  const ablations = planAblations(plan)
  const asked = plan.labelSets.flatMap((labelSet, index) =>
    promptsOf({ ...labelSet, labels: [...labelSet.labels, ...ablations[index].added] }).map(({ prompt }) => prompt),
  )
  return [...new Set(asked)]
}
