import { Option } from 'commander'
import type { ReportFormat } from '../audit/render-report.js'

/** The formats by name; the engine is not loaded to print a help. test/cli/format-option.test.ts holds them against it. */
export const FORMAT_NAMES: readonly ReportFormat[] = [
  'html',
  'md',
  'csv',
  'pdf',
  'junit',
  'sarif',
  'summary',
  'model-card',
  'instructions',
]
export const USUAL_NAMES: readonly ReportFormat[] = ['html', 'md', 'csv']

/** `--format html junit ...`, on every command that writes reports of an audit. */
export function formatOption(): Option {
  return new Option('--format <format...>', 'what to write; docs/outputs.md says what each is for')
    .choices(FORMAT_NAMES)
    .default(USUAL_NAMES, 'html, md, csv')
}
