import { existsSync } from 'node:fs'
import type { Reporter, TestModule, TestCase, TestSuite } from 'vitest/node'
import { SHARED } from './shared.js'

/** Lists at the end what was skipped and why, and fails the run on a skip that nothing excuses: with PROBITY_FORBID_SKIPS
 *  (set by .ci/run) no test may skip while ../shared is there. */
export default class SkipList implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    const skipped: string[] = []
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        counts[stateOf(test)]++
        if (stateOf(test) === 'skipped') skipped.push(`${module.relativeModuleId} > ${nameOf(test)}`)
      }
    }
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
    if (skipped.length === 0) return
    process.stdout.write(`Skipped, for want of what the names say:\n${skipped.map((line) => `  ${line}\n`).join('')}`)
    if (process.env['PROBITY_FORBID_SKIPS'] !== undefined && existsSync(SHARED)) {
      process.stdout.write('Skips are forbidden here and ../shared is present: failing.\n')
      process.exitCode = 1
    }
  }
}

function stateOf(test: TestCase): 'passed' | 'failed' | 'skipped' {
  const { state } = test.result()
  return state === 'pending' ? 'skipped' : state
}

function nameOf(test: TestCase): string {
  const names = [test.name]
  for (let parent: TestSuite | TestModule = test.parent; parent.type === 'suite'; parent = parent.parent)
    names.unshift(parent.name)
  return names.join(' > ')
}
