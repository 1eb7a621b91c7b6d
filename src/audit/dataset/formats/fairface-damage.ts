import { quoted } from '../../errors.js'
import type { Fault } from '../../errors.js'
import { EXCEL_DAYS } from '../excel-dates.js'
import { FAIRFACE_VALUES } from './fairface.js'
import type { Layout } from '../layout.js'
import type { Spellings } from '../spellings.js'
import type { RawColumns } from '../raw-columns.js'
import { fault, refuse, rowsInWords } from '../refusals.js'

/** What Excel makes of `3-9` and `10-19`, also as an ISO date and as a serial number. */
const EXCEL_DATES = [...EXCEL_DAYS, /^\d{4}-\d{2}-\d{2}/, /^\d{5}$/]

/** Refuses a FairFace file that was damaged on its way, whatever the plan says of unknown values: ages that Excel turned into dates
 *  (the other ages look well, so that the children would be lost), and integers in place of names (at least four orders of the races
 *  are in circulation). Throws DatasetError; nothing is repaired. */
export function refuseDamagedFairFace(layout: Layout, raw: RawColumns, at: string): void {
  const faults = layout.attributes.flatMap(({ name }, index) => {
    if (!FAIRFACE_VALUES.has(name)) return []
    const spellings = raw.spellings[index]
    const excel = name === 'age' ? excelFault(spellings, at) : null
    const damage = excel ?? integerFault(name, spellings, at)
    return damage === null ? [] : [damage]
  })
  refuse('fairface.damaged', faults)
}

function excelFault(spellings: Spellings, at: string): Fault | null {
  const dates = spellings.texts.flatMap((text, index) => (EXCEL_DATES.some((date) => date.test(text)) ? [index] : []))
  if (dates.length === 0) return null
  const named = dates
    .slice(0, 5)
    .map((index) => `${quoted(spellings.texts[index])} (${rowsInWords(spellings.rows[index])})`)
  return fault({
    at: `${at}:${spellings.firstLine[dates[0]]}`,
    field: 'age',
    expected: 'ages as FairFace writes them, such as "3-9" and "10-19"',
    received: `${named.join(', ')}, dates that Excel makes of them`,
    hint: 'Get the original file again; it was opened and saved in Excel, and is not repaired here',
  })
}

function integerFault(name: string, spellings: Spellings, at: string): Fault | null {
  const first = spellings.texts.findIndex((text) => /^-?\d+$/.test(text))
  if (first < 0) return null
  return fault({
    at: `${at}:${spellings.firstLine[first]}`,
    field: name,
    expected: `names such as ${quoted(FAIRFACE_VALUES.get(name)?.values[0])}`,
    received: `the integer ${quoted(spellings.texts[first])}`,
    hint: 'Copies of FairFace number their values in different orders; write the names that came with your copy into the file',
  })
}
