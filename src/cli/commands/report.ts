import { Option, type Command } from 'commander'
import type { SavedResult } from '../../audit/audit-file/read-result.js'
import type { Signoff } from '../../audit/types/signoff.js'
import type { GateChoice } from '../gate-choice.js'
import type { ReportFormat } from '../../audit/render-report.js'
import type { Browser } from '../../audit/run-pdf.js'
import type { WriteOptions } from '../../audit/write-reports.js'
import { formatOption } from '../format-option.js'
import { localeOption, localesAsked } from '../locale-option.js'

/** `probity report`: the reports again, from audit.json or curve.json alone. */
export function addReport(program: Command): void {
  program
    .command('report')
    .summary('write reports from a saved audit.json or curve.json')
    .description('Writes reports from a saved audit.json or curve.json, without running anything.')
    .argument('<audit.json>', 'the saved audit, or a saved specification curve')
    .addOption(formatOption())
    .option('--out <folder>', 'where they go (default: beside the saved file)')
    .addOption(localeOption())
    .option(
      '--chromium <path>',
      'browser that prints the PDF (default: PROBITY_CHROMIUM, CHROME_PATH, then one on PATH)',
    )
    .option(
      '--chromium-seconds <n>',
      'seconds after which the browser is ended without a PDF (default: PROBITY_CHROMIUM_SECONDS, else 300)',
    )
    .option('--signoff <file>', 'who signs the report (default: signoff.yaml beside the audit, where there is one)')
    .option('--policy <id or file>', 'judged by another policy than its own: declared after the run, and called so')
    .addOption(new Option('--fail-on <verdict>', 'judged by one limit more, as in probity gate').choices(['disparity']))
    .option(
      '--on <date>',
      'judged as of that day, which decides whether waivers are in force (default: that of the run)',
    )
    .addOption(new Option('--compat <with>', "also datacomp.json: DataComp's fairness figures").choices(['datacomp']))
    .addHelpText(
      'after',
      '\nExamples:\n  probity report run/audit.json\n  probity report run/audit.json --format md --out review\n  probity report run/audit.json --format junit sarif summary\n  probity report run/audit.json --format pdf --chromium /usr/bin/chromium\n  probity report run/audit.json --locale en,ko\n  probity report run/audit.json --policy four-fifths --format summary junit sarif\n  probity report run/audit.json --compat datacomp',
    )
    .action(async (file: string, flags: ReportFlags) => {
      const path = await import('node:path')
      const { readResult } = await import('../../audit/audit-file/read-result.js')
      const { escaped } = await import('../../audit/errors.js')
      const locales = await localesAsked(flags.locale)
      const saved = await readResult(file)
      if (!(await idFits(saved))) {
        process.stderr.write(
          `warning: ${escaped(file)} is not what probity wrote: its id does not fit. Check it with: probity verify\n`,
        )
      }
      const browser = flags.format.includes('pdf') ? await browserOf(flags) : undefined
      const { shown, isPolicySetAfter } = await judgedAs(saved, file, flags)
      const signoff = isPolicySetAfter ? null : await signoffOf(saved, file, flags.signoff ?? null)
      const written: string[] = []
      const onWritten = (each: string): void => void written.push(each)
      const options = { locales, signoff, isPolicySetAfter, onWritten, ...(browser === undefined ? {} : { browser }) }
      const folder = flags.out ?? path.dirname(file)
      const compatible = flags.compat === undefined ? [] : await writeCompatible(saved, folder, file)
      try {
        await writeAgain(shown, { folder, file }, [...new Set(flags.format)], options)
      } finally {
        process.stdout.write([...written, ...compatible].map((each) => `${escaped(each)}\n`).join('')) // also where the PDF, which is last, fails
      }
    })
}

type ReportFlags = GateChoice & {
  readonly format: readonly ReportFormat[]
  readonly out?: string
  readonly signoff?: string
  readonly locale?: string
  readonly chromium?: string
  readonly chromiumSeconds?: string
  readonly compat?: 'datacomp'
}

/** The audit as it is judged by the policy and on the day asked for; as saved where nothing is asked. People signed the gate of the run: a
 *  report of another policy is nobody's, so it has no sign-off. */
async function judgedAs(
  saved: SavedResult,
  file: string,
  flags: ReportFlags,
): Promise<{ readonly shown: SavedResult; readonly isPolicySetAfter: boolean }> {
  if (flags.policy === undefined && flags.failOn === undefined && flags.on === undefined)
    return { shown: saved, isPolicySetAfter: false }
  if (saved.kind !== 'audit') {
    const { DefinitionError } = await import('../../audit/errors.js')
    const expected = 'a saved audit, which has a gate'
    throw new DefinitionError('policy.curve', { at: file, field: '--policy', expected, received: 'a saved curve' })
  }
  const { gatedForReport } = await import('../gate-choice.js')
  const { audit, isSetBefore } = gatedForReport(saved.result, flags)
  if (!isSetBefore && flags.signoff !== undefined) {
    const { DefinitionError, quoted } = await import('../../audit/errors.js')
    const expected = 'no sign-off beside a policy declared after the run'
    const received = quoted(flags.signoff)
    throw new DefinitionError('signoff.policy', { at: 'command line', field: '--signoff', expected, received })
  }
  return { shown: { ...saved, result: audit }, isPolicySetAfter: !isSetBefore }
}

/** The sign-off of an audit, read and checked before anything is written; warns of one that has expired. */
async function signoffOf({ kind, result }: SavedResult, file: string, given: string | null): Promise<Signoff | null> {
  if (kind !== 'audit') {
    if (given === null) return null
    const { DefinitionError } = await import('../../audit/errors.js')
    const expected = 'a saved audit, which people sign'
    throw new DefinitionError('signoff.curve', { at: file, field: '--signoff', expected, received: 'a saved curve' })
  }
  const { signoffPlace } = await import('../../audit/signoff-place.js')
  if (signoffPlace(file, given) === null) return null // most audits: nothing that reads YAML is loaded
  const { readSignoff } = await import('../../audit/read-signoff.js')
  const found = readSignoff(file, result, given)
  if (found === null) return null
  const { warnIfExpired } = await import('../signoff-expiry.js')
  warnIfExpired(result, found.signoff)
  return found.signoff
}

/** The browser that prints the PDF, looked for before anything is written. */
async function browserOf({ chromium, chromiumSeconds: asked }: ReportFlags): Promise<Browser> {
  const { chromiumSeconds, findChromium } = await import('../../audit/find-chromium.js')
  const path = findChromium({ asked: chromium ?? null, environment: process.env, platform: process.platform })
  const seconds = chromiumSeconds(asked ?? null, process.env)
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.stderr.write('note: as root, the browser prints without its sandbox\n')
  return { path, isRoot, ...(seconds === undefined ? {} : { seconds }) }
}

async function idFits({ kind, result }: SavedResult): Promise<boolean> {
  if (kind === 'audit') {
    const { auditId } = await import('../../audit/audit-file/audit-id.js')
    return auditId(result.facts, result.derived) === result.auditId
  }
  const { curveId } = await import('../../audit/audit-file/curve-id.js')
  return curveId(result.facts, result.derived) === result.curveId
}

async function writeCompatible({ kind, result }: SavedResult, folder: string, file: string): Promise<string[]> {
  if (kind === 'audit') return (await import('../../audit/write-datacomp.js')).writeDataComp(result, folder, file)
  const { DefinitionError } = await import('../../audit/errors.js')
  const expected = 'a saved audit, which holds the counts'
  throw new DefinitionError('datacomp.curve', { at: file, field: '--compat', expected, received: 'a saved curve' })
}

async function writeAgain(
  { kind, result }: SavedResult,
  { folder, file }: { readonly folder: string; readonly file: string },
  formats: readonly ReportFormat[],
  options: WriteOptions,
): Promise<void> {
  if (kind === 'audit') {
    await (await import('../../audit/write-reports.js')).writeReports(result, folder, formats, options)
    return
  }
  const { CURVE_FORMATS, writeCurveReports } = await import('../../audit/write-curve.js')
  const unknown = formats.find((format) => !CURVE_FORMATS.some((each) => each === format))
  if (unknown !== undefined) {
    const { DefinitionError, quoted } = await import('../../audit/errors.js')
    const expected = `a format of a specification curve (${CURVE_FORMATS.join(', ')})`
    throw new DefinitionError('format.curve', { at: file, field: '--format', expected, received: quoted(unknown) })
  }
  const ofCurve = CURVE_FORMATS.filter((each) => formats.some((format) => format === each))
  for (const path of await writeCurveReports(result, folder, ofCurve, options)) options.onWritten?.(path)
}
