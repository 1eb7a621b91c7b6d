import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dayText, minuteText } from '../../../src/audit/report/dates.js'
import { readLocale } from '../../../src/audit/report/locale.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { exampleAudit } from './example-audit.js'

const ENGLISH = readLocale('en')
const KOREAN = readLocale('ko')

describe('dates', () => {
  it('follow the pattern of the language', () => {
    expect(minuteText('2026-11-27T16:40:09.123Z', ENGLISH)).toBe('2026-11-27 16:40 UTC')
    expect(minuteText('2026-11-27T16:40:09.123Z', KOREAN)).toBe('2026년 11월 27일 16:40 UTC')
    expect([dayText('2026-01-05', ENGLISH), dayText('2026-01-05', KOREAN)]).toEqual(['2026-01-05', '2026년 1월 5일'])
  })

  it('are printed as they are where they are no dates', () => {
    expect([minuteText('yesterday\u0000', ENGLISH), dayText('', KOREAN)]).toEqual(['yesterday\\u0000', ''])
  })
})

describe('a report', () => {
  it('has the same bytes whatever the time zone and language of the machine', () => {
    const own = bytesOf(renderHtml(exampleAudit(), { locales: ['en', 'ko'] }))
    const { TZ, LANG, LC_ALL } = process.env
    try {
      for (const [zone, language] of [
        ['Pacific/Kiritimati', 'tr_TR.UTF-8'],
        ['Pacific/Niue', 'ar_EG.UTF-8'],
      ] as const) {
        Object.assign(process.env, { TZ: zone, LANG: language, LC_ALL: language })
        expect(new Date(2030, 0, 1).getTimezoneOffset()).not.toBe(0) // the zone has taken hold
        expect(bytesOf(renderHtml(exampleAudit(), { locales: ['en', 'ko'] }))).toBe(own)
      }
    } finally {
      for (const [name, value] of Object.entries({ TZ, LANG, LC_ALL })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name)
        else process.env[name] = value
      }
    }
  })

  it('asks no word and no pattern of the runtime: nothing in its code names Intl or a method that does', () => {
    const folder = join(import.meta.dirname, '../../../src/audit/report')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const asks = /Intl\.|toLocale|localeCompare|getTimezoneOffset|getHours|toDateString/
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((name) => asks.test(readFileSync(join(folder, name), 'utf8')))).toEqual([])
  })
})

function bytesOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
