import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { localeContents, localeFrom, localeIds, localeSources } from '../../../src/audit/report/locale.js'
import { prepared, preparedText } from '../../../src/audit/report/prepared.js'
import { preparedLocale, preparedLocaleText } from '../../../src/audit/report/prepared-locale.js'
import type { PreparedTemplates } from '../../../src/audit/report/prepared-templates.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { templatesModule } from '../../../src/audit/report/templates.js'
import { crosswalkTexts, parsedCrosswalk } from '../../../src/audit/report/view/crosswalk-sources.js'
import { exampleAudit } from './example-audit.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-prepared-'))

afterEach(() => {
  vi.resetModules()
  vi.doUnmock('../../../src/audit/report/prepared-templates.js')
})

describe('templates that the build compiled', () => {
  it('print the page that the templates themselves print, byte for byte', async () => {
    const prepared = await preparedModule()
    expect(await htmlWith(prepared)).toBe(renderHtml(exampleAudit()))
  })

  it('are used, and not those of other texts', async () => {
    const prepared = await preparedModule()
    const broken = { ...prepared, templates: {} }
    await expect(htmlWith(broken)).rejects.toThrow()
    expect(await htmlWith({ ...broken, sha256: '0'.repeat(64) })).toBe(renderHtml(exampleAudit()))
  })
})

describe('a language that the build parsed', () => {
  it.each(localeIds())('holds what its files hold: %s', (id) => {
    const sources = localeSources(id)
    const file = join(folder, `${id}.json`)
    writeFileSync(file, preparedLocaleText(localeContents(id, ...sources), sources))
    expect(preparedLocale(sources, file)).toEqual(localeContents(id, ...sources))
  })

  it('is not used for a file that was changed since, nor where it is missing or cut', () => {
    const sources = ['a: one']
    const file = join(folder, 'xx.json')
    const text = preparedLocaleText(localeContents('xx', ...sources), sources)
    writeFileSync(file, text)
    expect(preparedLocale(sources, file)?.texts.get('a')).toEqual(['one'])
    expect(preparedLocale(['a: two'], file)).toBeNull()
    expect(preparedLocale(sources, join(folder, 'nowhere.json'))).toBeNull()
    writeFileSync(file, text.slice(0, -20))
    expect(preparedLocale(sources, file)).toBeNull()
    expect(localeFrom('xx', 'a: two').text('a')).toBe('two')
  })
})

describe('the sources of the crosswalk that the build parsed', () => {
  it('hold what their files hold', () => {
    const [texts, file] = [crosswalkTexts(), join(folder, 'crosswalk.json')]
    writeFileSync(file, preparedText(parsedCrosswalk(texts), texts))
    expect(prepared(texts, file)).toEqual(parsedCrosswalk(texts))
    expect(prepared([...texts, 'id: another'], file)).toBeNull()
  })
})

/** What the build would write. */
async function preparedModule(): Promise<PreparedTemplates> {
  const file = join(folder, 'prepared-templates.mjs')
  writeFileSync(file, templatesModule())
  const module = (await import(pathToFileURL(file).href)) as { PREPARED_TEMPLATES: PreparedTemplates } // written above
  return module.PREPARED_TEMPLATES
}

async function htmlWith(prepared: PreparedTemplates): Promise<string> {
  vi.resetModules()
  vi.doMock('../../../src/audit/report/prepared-templates.js', () => ({ PREPARED_TEMPLATES: prepared }))
  const report = await import('../../../src/audit/report/render-html.js')
  return report.renderHtml(exampleAudit())
}
