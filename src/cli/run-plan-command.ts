import { readPlan, type PlanFlags } from '../audit/definitions/read-plan.js'
import { runPlan } from '../audit/run-plan.js'
import { amountFlag } from './amount-flag.js'
import { describeForecast } from './describe-forecast.js'
import { toolOptionsOf, type EmbeddingFlags } from './embedding-flags.js'
import { commandLineTools } from './tools.js'
import { wholeFlag } from './whole-flag.js'

const MOST_MACHINES = 100_000

export type PlanCommandFlags = PlanFlags &
  EmbeddingFlags & {
    readonly machines?: string
    readonly price?: string
  }

/** Reads the plan of an audit, measures, and says what the audit will take. */
export async function planFromCommandLine(file: string | undefined, flags: PlanCommandFlags): Promise<void> {
  const { options, rest } = toolOptionsOf(flags)
  const { machines: shared = '1', price: perHour, ...planFlags } = rest
  const machines = wholeFlag('--machines', shared, 1, { most: MOST_MACHINES })
  const price = perHour === undefined ? null : amountFlag('--price', perHour)
  const { json } = options
  const plan = readPlan({ file, flags: planFlags, cwd: process.cwd() })
  const tools = commandLineTools({ ...options, yes: true })
  if (!json) process.stderr.write('Measuring: some images are embedded, and kept.\n')
  const forecast = await runPlan(
    plan,
    { ...tools, onProgress: (progress) => progress.stage === 'embedding' || tools.onProgress(progress) },
    machines,
  )
  const { hours } = forecast.sharedOut
  const told = {
    ...forecast,
    memory: process.resourceUsage().maxRSS * 1024 + forecast.moreMemory,
    cost: price === null || hours === null ? null : { price, amount: scaled(hours, price) },
  }
  process.stdout.write(json ? `${JSON.stringify(told, null, 2)}\n` : describeForecast(told))
}

function scaled({ low, middle, high }: { low: number; middle: number; high: number }, by: number) {
  return { low: low * by, middle: middle * by, high: high * by }
}
