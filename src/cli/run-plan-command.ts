import { readPlan, type PlanFlags } from '../audit/definitions/read-plan.js'
import { runPlan } from '../audit/run-plan.js'
import type { DeviceAsked } from '../audit/types/device.js'
import { describeForecast } from './describe-forecast.js'
import { isolationAsked, type IsolationFlags } from './isolation-options.js'
import { storeChoice, type StoreFlags } from './store-place.js'
import { commandLineTools } from './tools.js'

export type PlanCommandFlags = PlanFlags &
  StoreFlags &
  IsolationFlags & {
    readonly threads?: number
    readonly batch?: number
    readonly device?: DeviceAsked
    readonly yes?: boolean
    readonly json?: boolean
    readonly machines?: number
    readonly price?: number
  }

/** Reads the plan of an audit, measures, and says what the audit will take. */
export async function planFromCommandLine(file: string | undefined, flags: PlanCommandFlags): Promise<void> {
  const { threads, batch, device, isolate, isolateMemory, json, store, rehash, machines = 1, price, ...rest } = flags
  const plan = readPlan({ file, flags: rest, cwd: process.cwd() })
  const isolation = isolationAsked({ isolate, isolateMemory })
  const choice = storeChoice({ ...(store === undefined ? {} : { store }), rehash: rehash ?? false })
  const tools = commandLineTools({ threads, batch, device, isolation, yes: true, json, store: choice })
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
    cost: price === undefined || hours === null ? null : { price, amount: scaled(hours, price) },
  }
  process.stdout.write(json ? `${JSON.stringify(told, null, 2)}\n` : describeForecast(told))
}

function scaled({ low, middle, high }: { low: number; middle: number; high: number }, by: number) {
  return { low: low * by, middle: middle * by, high: high * by }
}
