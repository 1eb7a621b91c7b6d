import { join, resolve } from 'node:path'
import { readPlan } from '../audit/definitions/read-plan.js'
import type { Plan } from '../audit/types/definitions.js'
import { buildPhantom } from '../phantom/build-phantom.js'
import { readShippedWorld, readWorld } from '../phantom/read-world.js'
import { localesAsked } from './locale-option.js'
import { auditPlan } from './run-audit-command.js'
import { shownPath } from './shown.js'
import { wholeFlag } from './whole-flag.js'

export type DemoFlags = {
  out?: string
  sampling?: 'quota' | 'bernoulli'
  seed?: string
  world?: string
  locale?: string
}

/** Builds the phantom and audits it through the whole real path: sharp, tokenizer, ONNX Runtime, scoring, statistics, report. */
export async function runDemo(flags: DemoFlags): Promise<void> {
  const out = resolve(flags.out ?? 'probity-demo')
  const locales = await localesAsked(flags.locale) // before anything is built
  const seed = wholeFlag('--seed', flags.seed ?? '1')
  const world = flags.world === undefined ? readShippedWorld() : readWorld(flags.world)
  process.stderr.write(`Building the phantom ${world.id}: simulated images and a constructed model ...\n`)
  const phantom = await buildPhantom({ world, folder: join(out, 'phantom'), sampling: flags.sampling ?? 'quota', seed })
  const plan = readPlan({
    flags: {
      model: [phantom.model],
      dataset: 'fairface',
      images: phantom.images,
      labels: phantom.labels,
      labelSet: ['clip-paper', 'clip-paper-child'],
      probe: ['denigration'],
      seed: String(seed),
      out,
    },
    cwd: process.cwd(),
  })
  await auditPlan(asSimulated(plan, world.id), { store: { folder: join(out, 'phantom', 'store') } }, { locales })
  process.stdout.write(
    `This was simulated data: it says nothing about any model or any people. What was planted: ${shownPath(join(out, 'phantom', 'truth.csv'))}\n`,
  )
}

function asSimulated(plan: Plan, world: string): Plan {
  return {
    ...plan,
    dataset: {
      ...plan.dataset,
      id: `phantom-${world}`,
      crop: 'none: drawn tiles',
      licence: 'simulated',
      simulated: true,
    },
  }
}
