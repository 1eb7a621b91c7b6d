import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline/promises'
import { setTimeout } from 'node:timers/promises'
import { DefinitionError } from '../audit/errors.js'
import { missingFiles, planPull, runPull } from '../audit/run-pull.js'
import type { PullRequest, PullTools } from '../audit/run-pull.js'
import { version } from '../library/version.js'
import { describeOutcome, describePlan } from './describe-pull.js'
import { hubSettings } from './hub-settings.js'
import { interruption, setPulling } from './interruption.js'
import { pullEventPrinter, pullPrinter } from './pull-progress.js'

export type PullFlags = { readonly to?: string; readonly yes?: boolean; readonly json?: boolean }

/** Says what would be fetched, asks, fetches. The plan goes to stderr, so that stdout holds the result alone. */
export async function pullFromCommandLine(name: string, what: PullRequest['what'], flags: PullFlags): Promise<void> {
  const request = { ...hubSettings(process.env), name, what, folder: folderOf(flags) }
  const tools = pullTools(flags.json === true)
  setPulling(true)
  try {
    const plan = await planPull(request, tools)
    process.stderr.write(describePlan(plan))
    const isWhole = missingFiles(plan).length === 0
    if (!isWhole && flags.yes !== true && !(await isWanted(what.kind))) {
      process.stdout.write('Nothing was pulled.\n')
      return
    }
    const outcome = await runPull(request, plan, tools)
    process.stdout.write(flags.json === true ? `${JSON.stringify(outcome, null, 2)}\n` : describeOutcome(outcome))
  } finally {
    setPulling(false)
  }
}

function folderOf({ to }: PullFlags): string | undefined {
  if (to !== '') return to
  const received = 'an empty text'
  throw new DefinitionError('flag.to', { at: 'command line', field: '--to', expected: 'a folder', received })
}

function pullTools(isJson: boolean): PullTools {
  return {
    version: version(),
    now: Date.now,
    pause: async (ms) => setTimeout(ms, undefined, { signal: interruption }),
    signal: interruption,
    onProgress: (isJson ? pullEventPrinter : pullPrinter)(process.stderr, () => performance.now()),
  }
}

async function isWanted(kind: 'model' | 'dataset'): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new DefinitionError('pull.asks', {
      at: 'command line',
      expected: 'an answer from a terminal',
      received: 'no terminal',
      hint: 'Read what stands above, then add --yes to pull it without being asked',
    })
  }
  setPulling(false) // Ctrl-C at the question ends the command
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`Pull this ${kind}? [y/N] `).catch(() => '') // Ctrl-C and Ctrl-D say no
  terminal.close()
  setPulling(true)
  return /^y(es)?$/i.test(answer.trim())
}
