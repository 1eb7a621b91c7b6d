import { quoted } from '../errors.js'
import type { Layout } from './layout.js'
import type { Spellings } from './spellings.js'
import type { RawColumns } from './raw-columns.js'
import { fault, refuse, rowsInWords } from './refusals.js'

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'

/** What Excel makes of `3-9` and `10-19` in English and Korean, in both orders. */
export const EXCEL_DAYS: readonly RegExp[] = [
  new RegExp(`^\\d{1,2}-${MONTH}$`),
  new RegExp(`^${MONTH}-\\d{1,2}$`),
  /^\d{1,2}월 ?\d{1,2}일$/,
]

const BAND = /^\d{1,3}-\d{1,3}$/

/** Refuses days of the year among bands such as "20-29": Excel turns "3-9" into one and leaves the others alone, so that the children would become a
 *  group of another name. Throws DatasetError; nothing is repaired. */
export function refuseExcelDays(layout: Layout, raw: Pick<RawColumns, 'spellings'>, labels: string): void {
  const faults = layout.attributes.flatMap(({ name }, index) => {
    const spellings = raw.spellings[index]
    const days = daysOf(spellings)
    if (days.length === 0 || !spellings.texts.some((text) => BAND.test(text))) return []
    return fault({
      at: `${labels}:${spellings.firstLine[days[0]]}`,
      field: name,
      expected: 'bands such as "3-9", as the other rows have them',
      received: `${days.slice(0, 5).map((day) => `${quoted(spellings.texts[day])} (${rowsInWords(spellings.rows[day])})`).join(', ')}, which Excel makes of them`, // prettier-ignore
      hint: 'Get the original file again; it was opened and saved in Excel, and is not repaired here',
    })
  })
  refuse('value.excel', faults)
}

/** Spellings that are days of the year, by their index. */
function daysOf({ texts }: Spellings): number[] {
  return texts.flatMap((text, index) => (EXCEL_DAYS.some((day) => day.test(text)) ? [index] : []))
}
