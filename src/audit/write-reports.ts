import { join } from 'node:path'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { prepareFolder } from './prepare-folder.js'
import { renderReport, type ReportFormat } from './render-report.js'
import { renderHtml } from './report/render-html.js'
import type { ReportOptions } from './report/report-options.js'
import { runPdf, type Browser } from './run-pdf.js'
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
  const files = formats.flatMap((format) => (format === 'pdf' ? [] : renderReport(audit, format, options)))
  const paths: string[] = []
  const keep = (path: string): void => {
    paths.push(path)
    options.onWritten?.(path)
  }
  for (const { name, text } of files) {
    await writeFileWhole(join(folder, name), text)
    keep(join(folder, name))
  }
  if (formats.includes('pdf')) keep(await writePdf(audit, folder, options))
  return paths
}

async function writePdf(audit: AuditResult, folder: string, { browser, ...options }: WriteOptions): Promise<string> {
  if (browser === undefined) throw new Error('writeReports needs a browser to print a PDF: see findChromium')
  const file = join(folder, 'report.pdf')
  await runPdf(renderHtml(audit, options), file, browser)
  return file
}
