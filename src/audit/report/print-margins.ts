import type { Locale } from './locale.js'
import type { ReportView } from './to-view.js'

/** The style rule that repeats, in the margins of every printed page, the banner for simulated data, the draft mark, the audit
 *  id and the page number. Browsers offer no other place that repeats: text here reaches a style sheet, so every character but
 *  letters and digits is written as a code, and cannot end the string it stands in. */
export function printMargins({ front, signing }: Printed, { text }: Locale, footerId = 'page.footer'): string {
  const footer = cssString(signing?.footer ?? text(footerId, { id: front.auditId }))
  const simulated = text('page.simulated')
  // a draft says so at the head of every page as well
  const isDraft = signing !== undefined && !signing.isFinal
  const head = isDraft ? text('signoff.print-draft-simulated', { banner: simulated }) : simulated
  const draft =
    isDraft && !front.isSimulated
      ? `@top-right{content:${cssString(text('signoff.print-draft'))};color:#111;font:700 9pt sans-serif;text-transform:uppercase}`
      : ''
  const banner = front.isSimulated
    ? `@top-center{content:${cssString(head)};color:#111;border:1pt solid #111;font:700 8.5pt sans-serif;width:100%;height:7mm;margin-top:6mm;margin-bottom:9mm}`
    : ''
  // the first page has the banner in its text, where browsers without margin boxes print it too
  const first = front.isSimulated ? '@page:first{margin-top:12mm;@top-center{content:none;border:0}}' : ''
  return `@page{${banner}${draft}@bottom-left{content:${footer};font:6.5pt sans-serif;color:#555;white-space:nowrap}}${first}`
}

type Printed = {
  readonly front: Pick<ReportView['front'], 'auditId' | 'isSimulated'>
  /** Absent for reports that nobody signs: of a curve, a comparison, a calibration. */
  readonly signing?: Pick<ReportView['signing'], 'isFinal' | 'footer'>
}

function cssString(text: string): string {
  const safe = [...text].map((character) => (/^[A-Za-z0-9]$/.test(character) ? character : escaped(character)))
  return `"${safe.join('')}"`
}

/** Six digits; a space that followed would be read as part of the code, so spaces are written as codes too. */
function escaped(character: string): string {
  return `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`
}
