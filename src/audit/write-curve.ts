import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { writeQuarantineCsv } from './dataset/write-quarantine.js'
import { parseCurve } from './definitions/curve-schema.js'
import { prepareFolder } from './prepare-folder.js'
import { renderCurveCsv } from './report/render-curve-csv.js'
import { renderCurveHtml } from './report/render-curve-html.js'
import { renderCurveMarkdown } from './report/render-curve-markdown.js'
import { inEachLanguage, type ReportOptions } from './report/report-options.js'
import type { CurveOutcome } from './run-curve.js'
import type { CurveResult } from './types/curve.js'

/** What a specification curve can be written as. */
export const CURVE_FORMATS = ['html', 'md', 'csv'] as const
export type CurveFormat = (typeof CURVE_FORMATS)[number]

/** Writes curve.json, its reports, and quarantine.csv where images could not be read, into one folder. Each file is written whole or not at all.
 *  Returns the paths in the order a reader wants them. */
export async function writeCurve(
  { curve, dataset }: CurveOutcome,
  folder: string,
  options: ReportOptions = {},
): Promise<string[]> {
  await prepareFolder(folder)
  await rm(join(folder, 'quarantine.csv'), { force: true }) // of an earlier run, whose curve it belongs to
  const file = join(folder, 'curve.json')
  const text = readableJson(curve)
  await writeFileWhole(file, text)
  // from what was written, so that `probity report` gives the same bytes: numbers are saved with 12 digits
  const reports = await writeCurveReports(parseCurve(text, file), folder, CURVE_FORMATS, options)
  const unreadable =
    dataset.quarantined.size > 0 ? [await writeQuarantineCsv(join(folder, 'quarantine.csv'), dataset)] : []
  return [...reports, file, ...unreadable]
}

/** Writes reports from a saved curve alone. Returns the paths written. */
export async function writeCurveReports(
  curve: CurveResult,
  folder: string,
  formats: readonly CurveFormat[],
  options: ReportOptions = {},
): Promise<string[]> {
  await prepareFolder(folder)
  const files = formats.flatMap((format) => renderFormat(curve, format, options))
  for (const { name, text } of files) await writeFileWhole(join(folder, name), text)
  return files.map(({ name }) => join(folder, name))
}

function renderFormat(
  curve: CurveResult,
  format: CurveFormat,
  options: ReportOptions,
): { name: string; text: string }[] {
  switch (format) {
    case 'html':
      return [{ name: 'curve.html', text: renderCurveHtml(curve, options) }]
    case 'md':
      return inEachLanguage('curve', 'md', options, (own) => renderCurveMarkdown(curve, own))
    case 'csv':
      return renderCurveCsv(curve)
  }
}
