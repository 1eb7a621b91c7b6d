import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { FigureTable, OwnFigure } from '../../src/audit/types/figures.js'
import { sharedMaterial } from '../support/shared.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'

const FACES = sharedMaterial('data/fairface-val-balanced700')
const MODEL = sharedMaterial('models/mini-clip')

describe.skipIf(!FACES.isHere || !MODEL.isHere)(
  `a linear probe fitted to half of 700 real faces ${FACES.skipped}`,
  () => {
    const folder = temporaryFolder()
    const run = (out: string, ...more: string[]): Ran =>
      probity(
        ['audit', '--model', MODEL.path, '--dataset', 'fairface', '--crop', '0.25', '--probe', 'linear-probe'].concat(
          ['--images', FACES.path, '--labels', join(folder, 'test.csv'), '--out', join(folder, out)],
          more,
        ),
      )
    const train = ['--train', join(folder, 'train.csv'), '--train-images', FACES.path]
    let audit: AuditResult
    let lines: string[]

    beforeAll(() => {
      const [header, ...rows] = readFileSync(join(FACES.path, 'labels.csv'), 'utf8').trim().split(/\r?\n/)
      lines = [header, ...rows]
      // the file goes through the cells one after the other by id: every second row of each cell is half of each cell
      const seen = new Map<string, number>()
      const side = rows.map((row) => {
        const [, , gender, race] = row.split(',')
        const before = seen.get(`${race}/${gender}`) ?? 0
        seen.set(`${race}/${gender}`, before + 1)
        return before % 2
      })
      for (const [name, wanted] of [
        ['train', 0],
        ['test', 1],
      ] as const)
        // prettier-ignore
        writeFileSync(join(folder, `${name}.csv`), [header, ...rows.filter((_, at) => side[at] === wanted), ''].join('\n'))
      const ran = run('run', ...train)
      if (ran.status !== 0) throw new Error(ran.stderr)
      audit = JSON.parse(readFileSync(join(folder, 'run/audit.json'), 'utf8')) as AuditResult
    })

    const table = (key: string): FigureTable => audit.derived.tables.find((one) => one.key === key)!
    const value = (key: string, row: string, column: string): OwnFigure => {
      const { rows, columns } = table(key)
      return rows.find((one) => one.key === row)!.figures[columns.findIndex((one) => one.key === column)] as OwnFigure
    }

    it('audits the other half, and its file can be verified', () => {
      expect(audit.facts.dataset.rows.processed).toBe(350)
      expect(audit.facts.observations).toHaveLength(3)
      expect(probity(['verify', join(folder, 'run/audit.json')]).status).toBe(0)
    })

    it('prints zero-shot, few-shot and linear probe side by side, as right as embeddings that know gender allow', () => {
      const { columns, rows } = table('linear-probe/gender')
      expect(columns.map(({ key }) => key)).toEqual([
        'zero-shot/fairface-gender',
        'few-shot-1',
        'few-shot-2',
        'few-shot-4',
        'few-shot-8',
        'few-shot-16',
        'linear-probe',
      ])
      const [one, sixteen, all] = ['few-shot-1', 'few-shot-16', 'linear-probe'].map(
        (column) => value('linear-probe/gender', 'everyone', column).value ?? 0,
      )
      expect(rows.filter(({ key }) => !key.startsWith('published/')).length).toBe(1 + 7 + 2 + 9 + 14)
      expect(one).toBeLessThan(sixteen)
      expect(sixteen).toBeLessThan(all)
      expect(all).toBeGreaterThan(0.85)
    })

    it('counts every audited image once in each fit', () => {
      for (const observed of audit.facts.observations) {
        if (observed.kind !== 'linear-probe') throw new Error(observed.kind)
        expect(observed.train).toMatchObject({ dataset: 'train', images: 350, quarantined: 0 })
        for (const { cells } of observed.fits)
          expect(cells.flatMap(({ classes }) => classes).reduce((sum, [, images]) => sum + images, 0)).toBe(350)
      }
    })

    it('has the zero-shot figures that the label set alone gives', () => {
      const tallied = audit.facts.tallies
        .filter(({ labelSet }) => labelSet === 'fairface-gender')
        .flatMap(({ group, counts }) => counts.map(([label, images]) => ({ group, label, images })))
      const implied: Record<string, string> = Object.fromEntries(
        audit.facts.labelSets
          .find(({ id }) => id === 'fairface-gender')!
          .labels.map(({ id, implies }) => [id, implies[0].values[0]]),
      )
      const right = tallied.filter(({ group, label }) =>
        group.some(([name, one]) => name === 'gender' && one === implied[label]),
      )
      expect(value('linear-probe/gender', 'everyone', 'zero-shot/fairface-gender').count).toBe(
        right.reduce((sum, { images }) => sum + images, 0),
      )
    })

    it('gives the same figures in a second run', () => {
      expect(run('again', ...train).status).toBe(0)
      const again = JSON.parse(readFileSync(join(folder, 'again/audit.json'), 'utf8')) as AuditResult
      expect(again.auditId).toBe(audit.auditId)
    })

    it('refuses images that are audited as well, also as copies under other names', () => {
      const same = run('refused', '--train', join(folder, 'test.csv'), '--train-images', FACES.path)
      expect(same.status).toBe(2)
      expect(same.stderr).toMatch(
        /test\.csv: image: expected no image that is audited as well but received 350 of them: "val\/\d+\.jpg"/,
      )
      mkdirSync(join(folder, 'copies'))
      const name = readFileSync(join(folder, 'test.csv'), 'utf8').split('\n')[1].split(',')[0]
      copyFileSync(join(FACES.path, name), join(folder, 'copies/copy.jpg'))
      writeFileSync(join(folder, 'copies.csv'), `${lines[0]}\ncopy.jpg,20-29,Male,White,True\n`)
      const copied = run('refused', '--train', join(folder, 'copies.csv'), '--train-images', join(folder, 'copies'))
      expect(copied.status).toBe(2)
      expect(copied.stderr).toContain('received 1 of them: "copy.jpg"')
    })

    it('asks for training images', () => {
      const { status, stderr } = run('refused')
      expect(status).toBe(2)
      expect(stderr).toContain('--train: expected a file but received nothing')
    })
  },
)
