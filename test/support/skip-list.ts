import type { Reporter, TestModule, TestCase, TestSuite } from 'vitest/node'
import { excuseOf } from './excused-skips.js'

/** Lists at the end what was skipped and why, and fails the run on a skip that nothing excuses: with PROBITY_FORBID_SKIPS
 *  (set by .ci/run) only what excused-skips.ts lists may skip, and only where the machine truly cannot do it. */
export default class SkipList implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => ({ module, test })))
    const broken = modules.filter((module) => module.state() === 'failed')
    const skipped = tests.filter(({ test, module }) => stateOf(test) === 'skipped' && !broken.includes(module))
    const failed = tests.filter(({ test }) => stateOf(test) === 'failed').length
    const unrun = tests.filter(({ test, module }) => stateOf(test) === 'skipped' && broken.includes(module)).length
    const passed = tests.filter(({ test }) => stateOf(test) === 'passed').length
    // a suite whose set-up failed leaves its tests unrun: they did not pass, and nothing excuses them
    const all = failed + unrun + errors.length + (failed + unrun === 0 ? broken.length : 0)
    this.listSkips(skipped)
    process.stdout.write(`\n${passed} passed, ${all} failed, ${skipped.length} skipped\n`)
  }

  private listSkips(skipped: readonly { module: TestModule; test: TestCase }[]): void {
    if (skipped.length === 0) return
    const suites = new Map<string, number>()
    for (const { module, test } of skipped) {
      const suite = `${module.relativeModuleId} > ${suiteOf(test)}`
      suites.set(suite, (suites.get(suite) ?? 0) + 1)
    }
    process.stdout.write('\nSkipped, for want of what the names say:\n')
    for (const [suite, count] of suites)
      process.stdout.write(`  ${suite}: ${count} ${count === 1 ? 'test' : 'tests'}\n`)
    const excuses = skipped.map(({ module, test }) => excuseOf(module.relativeModuleId, test.fullName))
    for (const why of new Set(excuses)) if (why !== null) process.stdout.write(`  Not tried: ${why}\n`)
    if (process.env['PROBITY_FORBID_SKIPS'] === undefined || excuses.every((why) => why !== null)) return
    process.stdout.write('A skip that test/support/excused-skips.ts does not excuse here: failing.\n')
    for (const [index, { test }] of skipped.entries())
      if (excuses[index] === null) process.stdout.write(`  ${test.fullName}\n`)
    process.exitCode = 1
  }
}

function stateOf(test: TestCase): 'passed' | 'failed' | 'skipped' {
  const { state } = test.result()
  return state === 'pending' ? 'skipped' : state
}

/** The outermost description that a test stands in; the test itself where there is none. */
function suiteOf(test: TestCase): string {
  let name = test.name
  for (let parent: TestSuite | TestModule = test.parent; parent.type === 'suite'; parent = parent.parent)
    name = parent.name
  return name
}
