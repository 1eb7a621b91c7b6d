import { resolve } from 'node:path'
import { readOverlapPlan, type OverlapPlanFlags } from '../audit/definitions/read-overlap-plan.js'
import { runOverlap, type OverlapOutcome } from '../audit/run-overlap.js'
import { counted, shownName, shownPath } from './shown.js'
import { toolOptionsOf, type EmbeddingFlags } from './embedding-flags.js'
import { commandLineTools } from './tools.js'

export type OverlapFlags = OverlapPlanFlags &
  EmbeddingFlags & {
    readonly out?: string
  }

/** Finds the overlap, writes it, and says how large it is. */
export async function overlapFromCommandLine(file: string | undefined, flags: OverlapFlags): Promise<void> {
  const { options, rest } = toolOptionsOf(flags)
  const { out, ...planFlags } = rest
  const asked = await readOverlapPlan({ file, flags: planFlags, cwd: process.cwd() })
  const plan = { ...asked, out: resolve(out ?? 'probity-overlap') }
  const outcome = await runOverlap(plan, commandLineTools(options))
  process.stdout.write(options.json === true ? asJson(outcome) : asText(outcome, asked.model !== null))
}

function asJson({ found, ...rest }: OverlapOutcome): string {
  const overlapping = found.filter(({ isOverlap }) => isOverlap)
  return `${JSON.stringify({ images: found.length, overlap: overlapping.length, ...rest }, null, 2)}\n`
}

function asText(outcome: OverlapOutcome, hasModel: boolean): string {
  const { found, referenceImages, unreadable, written } = outcome
  const overlapping = found.filter(({ isOverlap }) => isOverlap).length
  const share = found.length === 0 ? '' : ` (${((100 * overlapping) / found.length).toFixed(1)}%)`
  const lines = [
    `${overlapping} of ${counted(found.length, 'image')}${share} are in the reference set of ${counted(referenceImages, 'image')} too.`,
    ...describeThreshold(outcome, hasModel),
    ...describeUnreadable(unreadable),
    `Written: ${written.map(shownPath).join(', ')}`,
    'To audit with it: --probe data-overlap --join overlap.csv --map overlap=overlap',
  ]
  return `${lines.join('\n')}\n`
}

const PLACES = 4

function describeThreshold({ threshold, chosen }: OverlapOutcome, hasModel: boolean): string[] {
  if (chosen !== null) {
    const { same, total, low } = chosen
    return [
      `Threshold: cosine ${chosen.threshold.toFixed(PLACES)}, from which ${same} of ${total} marked pairs are the same picture (precision at least ${low.toFixed(3)} with 95% confidence, if the marked pairs are like the others).`,
    ]
  }
  if (threshold !== null) return [`Threshold: cosine ${threshold.toFixed(PLACES)}, as given.`]
  if (!hasModel) return []
  return [
    'No threshold yet: this is by pixels alone. Mark pairs in overlap-pairs.csv with yes or no, from the top, and run again with --marked.',
  ]
}

function describeUnreadable(unreadable: OverlapOutcome['unreadable']): string[] {
  return (['audited', 'reference'] as const).flatMap((set) => {
    const own = unreadable.filter((one) => one.set === set)
    if (own.length === 0) return []
    const [{ image, code, reason }] = own
    return [
      `${counted(own.length, `${set} image`)} could not be read, for example ${shownName(image)}: ${code}, ${reason}`,
    ]
  })
}
