import { join } from 'node:path'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { prepareFolder } from './prepare-folder.js'
import { renderReport, type ReportFile, type ReportFormat } from './render-report.js'
import { localesOf, type ReportOptions } from './report/report-options.js'
import { reportViews, type ReportViews } from './report/report-views.js'
import type { Browser } from './run-pdf.js'
import type { AuditResult } from './types/audit.js'

/** What reports are written with; a PDF needs a browser (findChromium). `onWritten` is told each path once its file is whole. */
export type WriteOptions = ReportOptions & { readonly browser?: Browser; readonly onWritten?: (path: string) => void }

/** Writes reports from a saved audit alone, the PDF last: where it cannot be printed, the others are there. Returns the paths written. */
export async function writeReports(
  audit: AuditResult,
  folder: string,
  formats: readonly ReportFormat[],
  options: WriteOptions = {},
): Promise<string[]> {
  await prepareFolder(folder)
  const viewIn = reportViews(audit, options)
  const files: ReportFile[] = []
  for (const format of formats)
    if (format !== 'pdf') files.push(...(await renderReport(audit, format, options, viewIn)))
  const paths: string[] = []
  const keep = (path: string): void => {
    paths.push(path)
    options.onWritten?.(path)
  }
  for (const { name, text } of files) {
    await writeFileWhole(join(folder, name), text)
    keep(join(folder, name))
  }
  if (formats.includes('pdf')) keep(await writePdf(viewIn, folder, options))
  return paths
}

async function writePdf(viewIn: ReportViews, folder: string, { browser, ...options }: WriteOptions): Promise<string> {
  if (browser === undefined) throw new Error('writeReports needs a browser to print a PDF: see findChromium')
  const { htmlReport } = await import('./report/render-html.js')
  const { runPdf } = await import('./run-pdf.js')
  const file = join(folder, 'report.pdf')
  await runPdf(htmlReport(viewIn, localesOf(options)), file, browser)
  return file
}
