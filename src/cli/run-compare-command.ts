import { resolve } from 'node:path'
import { readableJson } from '../audit/audit-file/canonical-json.js'
import { DefinitionError } from '../audit/errors.js'
import { renderComparisonTerminal } from '../audit/report/render-comparison-terminal.js'
import { runCompare } from '../audit/run-compare.js'
import type { AuditComparison } from '../audit/types/audit-comparison.js'
import { writeComparison } from '../audit/write-comparison.js'
import { EXIT } from './exit.js'
import { localesAsked } from './locale-option.js'
import { shownPath } from './shown.js'

export type CompareFlags = {
  readonly decisions?: readonly string[]
  readonly out?: string
  readonly failOn?: 'worsened'
  readonly json?: boolean
  readonly locale?: string
}

/** Compares two saved audits, prints what was found, writes the files asked for and sets the exit code. */
export async function compareFromCommandLine(
  audits: readonly [before: string, after: string],
  flags: CompareFlags,
): Promise<void> {
  const options = { locales: await localesAsked(flags.locale) }
  const comparison = await runCompare({ audits, decisions: decisionsOf(flags) })
  process.stdout.write(
    flags.json === true ? readableJson(comparison) : `${renderComparisonTerminal(comparison, options).trimEnd()}\n`,
  )
  if (flags.out !== undefined) {
    const files = await writeComparison(comparison, resolve(flags.out), options)
    const list = files.map((path) => `  ${shownPath(path)}\n`).join('')
    ;(flags.json === true ? process.stderr : process.stdout).write(`\nWritten:\n${list}`)
  }
  process.exitCode = flags.failOn === undefined ? EXIT.passed : exitCodeOf(comparison)
  if (process.exitCode === EXIT.incomplete) process.stderr.write(`${whyIncomplete(comparison)}\n`)
}

/** 3 where an audit draws no conclusion, for then none can be drawn from it; 1 when anything worsened; 3 when nothing could be compared:
 *  that is not the same as no change for the worse. */
export function exitCodeOf({ audits, counts }: Pick<AuditComparison, 'audits' | 'counts'>): number {
  if (audits.some(({ isIncomplete }) => isIncomplete)) return EXIT.incomplete
  const of = new Map(counts)
  if ((of.get('worsened') ?? 0) > 0) return EXIT.failed
  const compared = ['improved', 'unchanged'] as const
  return compared.some((change) => (of.get(change) ?? 0) > 0) ? EXIT.passed : EXIT.incomplete
}

/** Why the exit code is 3. */
export function whyIncomplete({ audits }: Pick<AuditComparison, 'audits'>): string {
  return audits.some(({ isIncomplete }) => isIncomplete)
    ? 'Exit 3: an audit draws no conclusion, so its findings could not be compared.'
    : 'Exit 3: nothing could be compared.'
}

function decisionsOf({ decisions = [] }: CompareFlags): readonly [string | null, string | null] {
  const [first, second, ...more] = decisions
  if (decisions.length === 0) return [null, null]
  if (second !== undefined && more.length === 0) return [first, second]
  throw new DefinitionError('flag.decisions', {
    at: 'command line',
    field: '--decisions',
    expected: 'two files: the decisions of the first audit and of the second',
    received: decisions.length === 1 ? 'one' : String(decisions.length),
  })
}
