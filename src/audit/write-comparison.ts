import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { prepareFolder } from './prepare-folder.js'
import { renderComparisonCsv } from './report/render-comparison-csv.js'
import { renderComparisonHtml } from './report/render-comparison-html.js'
import { renderComparisonMarkdown } from './report/render-comparison-markdown.js'
import { inEachLanguage, type ReportOptions } from './report/report-options.js'
import type { AuditComparison } from './types/audit-comparison.js'

/** Writes a comparison and its reports into one folder. Resolves to the paths in the order a reader wants them. */
export async function writeComparison(
  comparison: AuditComparison,
  folder: string,
  options: ReportOptions = {},
): Promise<string[]> {
  await prepareFolder(folder)
  const json = readableJson(comparison)
  // from what is written: numbers are saved with 12 digits, and beyond those Nodes differ
  const saved = JSON.parse(json) as AuditComparison // our own text
  const files = [
    { name: 'comparison.html', text: renderComparisonHtml(saved, options) },
    ...inEachLanguage('comparison', 'md', options, (own) => renderComparisonMarkdown(saved, own)),
    ...renderComparisonCsv(saved),
    { name: 'comparison.json', text: json },
  ]
  for (const { name, text } of files) await writeFileWhole(join(folder, name), text)
  return files.map(({ name }) => join(folder, name))
}
