import type { Signoff } from '../types/signoff.js'

/** What a report is made with, beside its audit. */
export type ReportOptions = {
  /** Ids of locales in the order of the page; several give one file that holds the whole report in each. Default: English. */
  readonly locales?: readonly string[]
  /** What signoff.yaml beside the audit says; null or absent: a draft that nobody has filled in. */
  readonly signoff?: Signoff | null
}
