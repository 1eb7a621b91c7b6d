import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localeFrom, readLocale } from '../../../src/audit/report/locale.js'
import { reportFile } from '../../../src/audit/report/report-files.js'
import { pageTemplate } from '../../../src/audit/report/templates.js'

describe('pageTemplate', () => {
  it('stops when the locale lacks a sentence that the page needs', () => {
    const source = readFileSync(reportFile('locales/en/audit.yaml'), 'utf8').replace(/^ {2}skip:.*$/m, '')
    const page = pageTemplate(localeFrom('en', source), '', '')
    expect(() => page({ lang: 'en', policy: '', front: { subject: '', dataset: '', isSimulated: false } })).toThrow(
      'page.skip',
    )
  })

  it('stops when the view lacks a field', () => {
    expect(() => pageTemplate(readLocale('en'), '', '')({})).toThrow()
  })

  it('refuses a style or a script that would end its element', () => {
    expect(() => pageTemplate(readLocale('en'), '</style>', '')).toThrow('close its own element')
  })

  it('prints nothing unescaped, and sets no inline style and no event attribute', () => {
    const folder = reportFile('partials')
    const pages = readdirSync(reportFile('.')).filter((file) => file.endsWith('.hbs'))
    const files = [...pages.map(reportFile), ...readdirSync(folder).map((file) => `${folder}/${file}`)]
    for (const file of files)
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/\{\{\{|\{\{~?&|\sstyle=|\son\w+=|SafeString/)
  })

  it('keeps the script under its budget of 30 KB', () => {
    expect(readFileSync(reportFile('page.js')).length).toBeLessThan(30_000)
  })
})
