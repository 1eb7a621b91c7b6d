import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toCalibrationView } from '../../../src/audit/report/calibration-view.js'
import { readLocale } from '../../../src/audit/report/locale.js'
import { exampleCalibration } from './example-calibration.js'

const locale = readLocale('en')
const view = toCalibrationView(exampleCalibration(), locale)
const section = (id: string) => view.sections.find((one) => one.id === id)
const TYPES = readFileSync(new URL('../../../src/audit/types/calibration.ts', import.meta.url), 'utf8')

describe('toCalibrationView', () => {
  it('writes rows in words and numbers', () => {
    expect(section('intervals')?.main[0]).toEqual({
      what: 'Wilson interval of a rate holds the rate',
      rows: [
        {
          what: 'Wilson interval of a rate holds the rate',
          group: 'Black, Male',
          images: '1,122',
          where: 'Black, Male; 1%',
          rates: '1%',
          note: '10 or more expected',
          promised: '95%',
          measured: '95.03%',
          error: 'exact',
          target: '93% to 97%',
          met: { key: 'met', word: 'met' },
        },
      ],
    })
    expect(section('margin')?.main[0].rows[0]).toMatchObject({
      images: '396 against 10,558, m = 14',
      where: '396 against 10,558, m = 14; 6.25% against 5%',
      rates: '6.25% against 5%',
      promised: '0.18%',
      measured: '1.00 times',
      target: 'at most 1.15 times',
    })
    expect(section('recovery')?.main[0].rows[0]).toMatchObject({
      images: 'all 3 groups',
      where: 'crime; as planted',
      rates: 'as planted',
      measured: '0.42%',
      error: '± 0.14%',
      target: 'at most 5%',
      promised: '',
    })
    expect(section('paired')?.main[0].rows[0]).toMatchObject({
      rates: '2% gained, 10% lost',
      target: 'for reading',
      met: { key: 'read', word: '–' },
    })
  })

  it('puts rows that measure the same under one heading', () => {
    expect(section('intervals')?.all.map(({ what, rows }) => [what, rows.length])).toEqual([
      ['Wilson interval of a rate holds the rate', 2],
      ['Clopper-Pearson interval of a rate holds the rate', 1],
    ])
    expect(section('intervals')?.all[1].rows[0].target).toBe('at least 95%')
  })

  it('shows sections that have rows, and says whether there is more behind the main ones', () => {
    expect(view.sections.map(({ id, hasMore }) => [id, hasMore])).toEqual([
      ['intervals', true],
      ['margin', false],
      ['recovery', false],
      ['paired', false],
    ])
    expect(section('intervals')?.met).toBe('2 of 2 targets met.')
  })

  it('says that all targets are met, or which one is not', () => {
    expect(view.outcome).toEqual({ isMet: true, sentence: 'All 4 targets are met.' })
    expect(view.missed).toEqual([])
    const missed = toCalibrationView(exampleCalibration({ missed: true }), locale)
    expect(missed.outcome).toEqual({ isMet: false, sentence: '1 of 4 targets is missed:' })
    expect(missed.missed).toMatchObject([
      { rows: [{ measured: '1.20 times', met: { key: 'missed', word: 'MISSED' } }] },
    ])
  })

  it('says where the sizes come from', () => {
    expect(view.facts[0].value).toBe('FairFace validation images by race × gender, as annotated in FairFace')
    const { groups, ...rest } = exampleCalibration()
    const own = { ...rest, groups: { ...groups, source: 'audit' as const, auditId: 'sha256:ab' } }
    expect(toCalibrationView(own, locale).facts[0].value).toBe('the groups of audit sha256:ab by race × gender')
  })

  it('has a sentence for everything that can be measured, every remark and every section', () => {
    const codesOf = (type: string): string[] => {
      const declared = TYPES.slice(TYPES.indexOf(`export type ${type} =`)).split(/\n\n/)[0]
      return [...declared.matchAll(/'([^']+)'/g)].map(([, code]) => code)
    }
    const ids = [
      ...codesOf('CalibrationWhat').map((code) => `calibration.what.${code}`),
      ...codesOf('CalibrationNote').map((code) => `calibration.notes.${code}`),
      ...codesOf('CalibrationSectionId').flatMap((code) =>
        ['title', 'what', 'read'].map((part) => `calibration.sections.${code}.${part}`),
      ),
    ]
    expect(ids.length).toBeGreaterThan(50)
    expect(ids.filter((id) => !locale.has(id))).toEqual([])
  })
})
