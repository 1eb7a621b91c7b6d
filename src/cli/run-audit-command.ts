import { basename } from 'node:path'
import { readPlan, type PlanFlags } from '../audit/definitions/read-plan.js'
import { escaped } from '../audit/errors.js'
import { prepareFolder } from '../audit/prepare-folder.js'
import { renderTerminalSummary } from '../audit/report/render-terminal.js'
import type { ReportOptions } from '../audit/report/report-options.js'
import { runAudit } from '../audit/run-audit.js'
import type { AuditOutcome } from '../audit/run-audit.js'
import type { Plan } from '../audit/types/definitions.js'
import type { AuditResult } from '../audit/types/audit.js'
import { requireDataComp, writeDataComp } from '../audit/write-datacomp.js'
import { writeResults } from '../audit/write-results.js'
import { dayAsked } from './day.js'
import { EXIT } from './exit.js'
import { localesAsked } from './locale-option.js'
import { counted, shownName, shownPath } from './shown.js'
import { toolOptionsOf, type EmbeddingFlags } from './embedding-flags.js'
import { commandLineTools, type ToolOptions } from './tools.js'

export type AuditFlags = PlanFlags &
  EmbeddingFlags & {
    readonly compat?: 'datacomp'
    readonly locale?: string
  }

/** Reads the plan, runs it, writes the results, says what was found and sets the exit code. */
export async function auditFromCommandLine(file: string | undefined, flags: AuditFlags): Promise<void> {
  const { options, rest } = toolOptionsOf(flags)
  const { compat, locale, ...planFlags } = rest
  const locales = await localesAsked(locale)
  const plan = readPlan({ file, flags: planFlags, cwd: process.cwd() })
  if (plan.policy.waivers.length > 0) dayAsked(undefined) // before hours of work, not at the gate
  if (compat === 'datacomp') requireDataComp(plan.labelSets, 'command line') // before any image is read
  await auditPlan(plan, options, { compat, locales })
}

/** What is written beside the audit itself. */
type Written = { readonly compat?: AuditFlags['compat'] | undefined; readonly locales?: ReportOptions['locales'] }

/** The same from a plan that is already checked. */
export async function auditPlan(plan: Plan, options: ToolOptions = {}, written: Written = {}): Promise<void> {
  const { compat, locales = [] } = written
  await prepareFolder(plan.out)
  const outcome = await runAudit(plan, commandLineTools(options))
  if (options.json !== true) for (const line of notesOf(outcome, plan)) process.stderr.write(`${escaped(line)}\n`)
  const files = await writeResults(outcome, plan, { locales })
  if (compat === 'datacomp') files.push(...(await writeDataComp(outcome.audit, plan.out, 'command line')))
  process.stdout.write(options.json === true ? asJson(outcome, files) : asText(outcome.audit, files, { locales }))
  process.exitCode = exitCodeOf(outcome.audit)
}

function asText(audit: AuditResult, files: readonly string[], options: ReportOptions): string {
  return `${renderTerminalSummary(audit, options)}\n\nWritten:\n${files.map((path) => `  ${shownPath(path)}\n`).join('')}${nextStep(audit, files)}`
}

/** What to do about images that could not be read. Their names stand in the file alone: a terminal is often a log that others read. */
function nextStep({ facts }: AuditResult, files: readonly string[]): string {
  const list = files.find((path) => basename(path) === 'quarantine.csv')
  const { quarantined } = facts.dataset.rows
  if (list === undefined || quarantined === 0) return ''
  return `\nNext step: see ${shownPath(list)}, which names each quarantined image (${quarantined}) with its code and reason. Mend them, then run again.\n`
}

function asJson({ audit, vectors }: AuditOutcome, files: readonly string[]): string {
  const { auditId, facts, derived } = audit
  const { gate, summary } = derived
  const { rows, warnings } = facts.dataset
  const sum = (what: 'found' | 'embedded'): number => vectors.reduce((total, model) => total + model[what], 0)
  const counts = { ...rows, found: sum('found'), embedded: sum('embedded') }
  return `${JSON.stringify({ auditId, rows: counts, gate, summary, warnings, files }, null, 2)}\n`
}

/** What a reader should know before the figures: each warning once with its count, and what did not apply. */
function notesOf({ audit: { facts }, vectors }: AuditOutcome, plan: Plan): string[] {
  const { in: all, processed, quarantined, excluded } = facts.dataset.rows
  const attempted = processed + quarantined
  const images = vectors.map(
    ({ model, found, embedded }) =>
      `${vectors.length > 1 ? `${shownName(model)}: ` : ''}${counted(all, 'row')}: ${found} found in the store, ${embedded} embedded, ${attempted - found - embedded} quarantined, ${excluded} excluded`,
  )
  const warnings = facts.dataset.warnings.map(
    ([, count, message]) =>
      `warning: ${message}${count > 1 && !message.includes(String(count)) ? ` (${count} times)` : ''}`,
  )
  const absent = facts.probes.flatMap(({ id, notApplicable }) =>
    notApplicable.map(({ labelSet, groupBy, missing, reason }) =>
      reason === 'decisions-only'
        ? `note: ${id} looks at scores, and of ${missing} only decisions were given`
        : labelSet === null
          ? `note: ${id} by ${(groupBy ?? []).join(' x ')} does not apply: the dataset has no attribute "${missing}"`
          : `note: ${id} does not apply to ${labelSet}: ${reason === 'attribute-absent' ? `its labels do not each claim one ${missing}` : `the label set has no outcome "${missing}"`}`,
    ),
  )
  const idle = plan.dataset.map
    .map(({ attribute }) => attribute)
    .filter(
      (name) =>
        facts.dataset.attributes.some((each) => each.name === name) && !facts.dataset.cellAttributes.includes(name),
    )
    .map((name) => `note: no probe groups by ${name}: it is listed, not compared`)
  return [...images, ...warnings, ...absent, ...idle]
}

/** 1 when a gate failed, 3 when the evidence is incomplete, else 0. */
export function exitCodeOf({ derived }: AuditResult): number {
  switch (derived.gate.result) {
    case 'failed':
      return EXIT.failed
    case 'evidence-incomplete':
      return EXIT.incomplete
    case 'passed':
    case 'not-requested':
      return EXIT.passed
  }
}
