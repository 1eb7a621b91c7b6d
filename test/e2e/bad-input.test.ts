import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import { probity, temporaryFolder, type Ran } from './run-cli.js'
import { smallWorld } from '../phantom/worlds.js'

/** What a user meets on the way: each a one-line cure, the designed exit code, no stack trace, nothing lost. */
describe('bad input', () => {
  const folder = temporaryFolder()
  const file = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  let phantom: Awaited<ReturnType<typeof buildPhantom>>
  let flags: string[]

  beforeAll(async () => {
    phantom = await buildPhantom({ world: smallWorld(), folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
    flags = ['--model', phantom.model, '--dataset', 'fairface', '--images', phantom.images, '--labels', phantom.labels]
  })

  /** Audits the small phantom; an extra flag takes the place of the same flag above. */
  const audit = (...extra: string[]): Ran => {
    const own = flags.filter((_, index) => !extra.includes(flags[index - (index % 2)]))
    return probity(['audit', ...own, '--out', join(folder, 'run'), ...extra])
  }

  /** Exit 2, every line in the grammar, no stack. */
  const refused = (ran: Ran, message: RegExp): void => {
    expect(ran.stderr).toMatch(message)
    expect(ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect(ran.stderr.trim().split('\n').length).toBeLessThanOrEqual(3)
    expect(ran.status).toBe(2)
  }

  it('a missing image folder', () =>
    refused(audit('--images', join(folder, 'nowhere')), /--images: expected a folder but received .*nowhere/))
  it('a missing model folder', () =>
    refused(audit('--model', join(folder, 'no-model')), /--model: expected a folder but received .*no-model/))

  it('a wrong CSV column', () => {
    const labels = file('wrong.csv', 'path,age,gender,race\nval/1.png,3-9,Male,Black\n')
    refused(audit('--labels', labels), /wrong\.csv:1: .*expected.*file.*received/)
  })

  it('a mapped column that the table lacks, with the nearest one', () => {
    const labels = file('mapped.csv', 'file,ethnicity\nval/1.png,Black\n')
    refused(
      audit('--dataset', 'csv', '--labels', labels, '--map', 'race=ethnicty'),
      /ethnicty.*did you mean "?ethnicity/i,
    )
  })

  it('an empty CSV and a CSV with only a header', () => {
    refused(audit('--labels', file('empty.csv', '')), /empty\.csv.*0 rows|empty\.csv.*received/)
    refused(audit('--labels', file('header.csv', 'file,age,gender,race,service_test\n')), /header\.csv.*0 rows/)
  })

  it('ages that Excel turned into dates', () => {
    const labels = file('excel.csv', 'file,age,gender,race,service_test\nval/1.png,9-Mar,Male,Black,True\n')
    refused(audit('--labels', labels), /Excel/)
  })

  it('a label set with a typo', () => {
    const set = file(
      'typo.yaml',
      'id: typo\ntitle: t\nsource: s\ntemplats: ["{label}"]\noutcomes: {person: {harm: none}}\nlabels: [{id: a, text: a, outcome: person}, {id: b, text: b, outcome: person}]\n',
    )
    const ran = audit('--label-set', set)
    expect(ran.stderr).toMatch(/typo\.yaml:4: .*"templats"\. Did you mean "templates"/)
    expect(ran.status).toBe(2)
  })

  it('a duplicate label', () => {
    const set = file(
      'twice.yaml',
      'id: twice\ntitle: t\nsource: s\ntemplates: ["{label}"]\noutcomes: {person: {harm: none}}\nlabels: [{id: a, text: a man, outcome: person}, {id: b, text: "A man ", outcome: person}]\n',
    )
    refused(audit('--label-set', set), /twice\.yaml:6.*/)
  })

  it('a template without {label}', () => {
    const set = file(
      'bare.yaml',
      'id: bare\ntitle: t\nsource: s\ntemplates: ["a photo"]\noutcomes: {person: {harm: none}}\nlabels: [{id: a, text: a man, outcome: person}, {id: b, text: b, outcome: person}]\n',
    )
    refused(audit('--label-set', set), /bare\.yaml:4.*\{label\}/)
  })

  it('a YAML bomb', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array<string>(9).fill(`*a${i}`).join(', ')}]`,
    )
    refused(audit('--label-set', file('bomb.yaml', `a0: &a0 [x]\n${levels.join('\n')}\n`)), /bomb\.yaml/)
  })

  it('a model without a text tower, and a junk ONNX file', () => {
    const copy = (name: string, without: string): string => {
      const target = join(folder, name)
      mkdirSync(join(target, 'onnx'), { recursive: true })
      for (const entry of readdirSync(phantom.model))
        if (entry !== 'onnx') copyFileSync(join(phantom.model, entry), join(target, entry))
      for (const entry of readdirSync(join(phantom.model, 'onnx')))
        if (entry !== without) copyFileSync(join(phantom.model, 'onnx', entry), join(target, 'onnx', entry))
      return target
    }
    refused(audit('--model', copy('no-text', 'text_model.onnx')), /text_model\.onnx/)
    const junk = copy('junk', 'none')
    writeFileSync(join(junk, 'onnx/vision_model.onnx'), 'this is no model')
    refused(audit('--model', junk), /vision_model\.onnx.*expected/)
  })

  it('a prompt of a hundred words', () => {
    const set = file(
      'long.yaml',
      `id: long\ntitle: t\nsource: s\ntemplates: ["{label}"]\noutcomes: {person: {harm: none}}\nlabels: [{id: short, text: a man, outcome: person}, {id: endless, text: "${'word '.repeat(100).trim()}", outcome: person}]\n`,
    )
    refused(audit('--label-set', set), /endless.*expected.*77 tokens.*102 tokens/)
  })

  it('unreadable images: quarantined with a code, counted per group, and the evidence incomplete over the limit', async () => {
    const images = join(folder, 'damaged')
    mkdirSync(join(images, 'val'), { recursive: true })
    const names = readdirSync(join(phantom.images, 'val')).sort()
    for (const name of names) copyFileSync(join(phantom.images, 'val', name), join(images, 'val', name))
    const noise = Buffer.from(Array.from({ length: 256 * 256 * 3 }, (_, index) => (index * 7919) % 251))
    const jpeg = await sharp(noise, { raw: { width: 256, height: 256, channels: 3 } })
      .jpeg()
      .toBuffer()
    writeFileSync(join(images, 'val', names[0]), jpeg.subarray(0, jpeg.length / 2))
    writeFileSync(join(images, 'val', names[1]), '')
    const ran = audit('--images', images)
    const result = JSON.parse(readFileSync(join(folder, 'run/audit.json'), 'utf8')) as AuditResult
    const { rows, cells } = result.facts.dataset
    expect(rows).toEqual({ in: names.length, processed: names.length - 2, quarantined: 2, excluded: 0 })
    expect(cells.flatMap(({ quarantined }) => quarantined.map(([code]) => code)).sort()).toEqual([
      'image.empty',
      'image.truncated',
    ])
    expect(readFileSync(join(folder, 'run/quarantine.csv'), 'utf8').trim().split('\n')).toHaveLength(3)
    expect(result.derived.gate.result).toBe('evidence-incomplete')
    expect(ran.status).toBe(3)
    expect(ran.stderr).not.toMatch(/^\s+at /m)
  })

  it('an option that does not exist, and a subcommand that does not', () => {
    expect(probity(['audit', '--modle', 'x'])).toMatchObject({ status: 2 })
    expect(probity(['audti']).stderr).toMatch(/did you mean audit/i)
  })
})
