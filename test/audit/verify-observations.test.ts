import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runVerify } from '../../src/audit/run-verify.js'
import { countTakenAsSeen } from '../../src/audit/taken-as-seen.js'
import type { Facts } from '../../src/audit/types/facts.js'
import type { Observation, ObservationOf } from '../../src/audit/types/observations.js'
import { observationsFit } from '../../src/audit/verify-observations.js'
import { sealed } from '../support/facts.js'
import type { Editable } from '../support/look-up.js'
import { observedWorld } from '../support/observed-world.js'

const FOLDER = join(import.meta.dirname, '../probes')
const WORLDS = readdirSync(FOLDER).filter((probe) => existsSync(join(FOLDER, probe, 'observed.yaml')))

/** The facts of a probe's made-up world after its first observation was changed by hand. */
function tampered<Kind extends Observation['kind']>(
  probe: string,
  kind: Kind,
  edit: (observation: Editable<ObservationOf<Kind>>, facts: Editable<Facts>) => void,
): Facts {
  const facts = structuredClone(observedWorld(probe)) as Editable<Facts> // a copy: writing to it changes nothing else
  const [first] = facts.observations
  if (first.kind !== kind) throw new Error(`${probe} holds ${first.kind}`)
  edit(first as Editable<ObservationOf<Kind>>, facts) // its kind was looked at
  return facts
}

describe('observationsFit', () => {
  it.each(WORLDS)('finds nothing wrong with what %s is said to have seen', (probe) => {
    const facts = observedWorld(probe)
    const { length } = facts.observations
    expect(observationsFit(facts)).toMatchObject({ holds: true, detail: `${length} observations, 0 wrong` })
  })

  const threshold = <Of extends { thresholds: readonly unknown[] }>({ thresholds }: Of): Of['thresholds'][0] => thresholds[0] // prettier-ignore

  it.each<[string, Facts]>([
    ['abstention without a threshold', tampered('abstention', 'abstention', (seen) => void (seen.thresholds = []))],
    ['a threshold of abstention that is gone', tampered('abstention', 'abstention', (seen) => void seen.thresholds.pop())],
    ['associations without a threshold', tampered('congress', 'association-threshold', (seen) => void (seen.thresholds = []))],
    ['another threshold than was asked for', tampered('congress', 'association-threshold', (seen) => void (threshold(seen).threshold = 0.01))],
    ['another scale than the model states', tampered('congress', 'association-threshold', (seen) => void (seen.logitScale = 50))],
    ['best labels without a threshold', tampered('top-k-association', 'top-k-association', (seen) => void (seen.thresholds = []))],
    ['a bias that the model does not have', tampered('calibration', 'calibration', (seen) => void (seen.logitBias = -10))],
    ['images of abstention', tampered('abstention', 'abstention', (seen) => void threshold(seen).cells[0].images++)],
    ['a cell of abstention that is gone', tampered('abstention', 'abstention', (seen) => void threshold(seen).cells.pop())],
    ['a cell that is not there', tampered('abstention', 'abstention', (seen) => void (threshold(seen).cells[0].cell = 9))],
    ['more kept than there are', tampered('abstention', 'abstention', (seen) => void (threshold(seen).cells[0].kept = 41))],
    ['more kept at a higher threshold', tampered('abstention', 'abstention', (seen) => void (seen.thresholds[2].cells[0].kept = 31))],
    ['more right than kept', tampered('abstention', 'abstention', (seen) => void (seen.thresholds[1].cells[0].right = [31]))],
    ['more in an outcome than kept', tampered('abstention', 'abstention', (seen) => void (seen.thresholds[1].cells[1].inOutcome = [11]))],
    ['a count for no outcome', tampered('abstention', 'abstention', (seen) => void threshold(seen).cells[0].inOutcome.push(0))],
    ['a probe that the audit does not have', tampered('abstention', 'abstention', (seen) => void (seen.probe = 'other'))],
    ['evidence that the audit does not have', tampered('abstention', 'abstention', (seen) => void (seen.evidence = 'e7'))],
    ['a label set that the audit does not have', tampered('abstention', 'abstention', (seen) => void (seen.labelSet = 'other'))],
    ['a probe of another kind', tampered('abstention', 'abstention', (_, facts) => void (facts.probes[0].measure = structuredClone(observedWorld('markedness').probes[0].measure) as never))], // a test may write anything
    ['one question answered twice', tampered('abstention', 'abstention', (seen, facts) => void facts.observations.push(seen))],
    ['more judged images than processed', tampered('human-comparison', 'annotator-agreement', (seen) => void seen.cells[0].patterns[0].images++)],
    ['more judges than people', tampered('human-comparison', 'annotator-agreement', (seen) => void (seen.cells[0].patterns[0].counts = [4, 0]))],
    ['a pattern without a judge', tampered('human-comparison', 'annotator-agreement', (seen) => void (seen.cells[0].patterns[0].counts = [0, 0]))],
    ['a category that is no label', tampered('human-comparison', 'annotator-agreement', (seen) => void (seen.categories[0] = 'ape'))],
    ['more images with a label than have any', tampered('congress', 'association-threshold', (seen) => void (threshold(seen).cells[0].labels[0] = ['lawmaker', 39]))],
    ['a label that the set does not have', tampered('congress', 'association-threshold', (seen) => void (threshold(seen).cells[0].labels[0][0] = 'ape'))],
    ['images with a label, and none named', tampered('congress', 'association-threshold', (seen) => void (threshold(seen).cells[0].labels = []))],
    ['images of the associations', tampered('congress', 'association-threshold', (seen) => void threshold(seen).cells[1].images--)],
    ['more right than in the bin', tampered('calibration', 'calibration', (seen) => void (seen.cells[1].bins[0][2] = 41))],
    ['images of a bin', tampered('calibration', 'calibration', (seen) => void (seen.cells[1].bins[0][1] = 39))],
    ['a probability outside its bin', tampered('calibration', 'calibration', (seen) => void (seen.cells[1].bins[0][3] = 20))],
    ['a bin that is not there', tampered('calibration', 'calibration', (seen) => void (seen.cells[1].bins[0][0] = 10))],
    ['images left out that were counted', tampered('calibration', 'calibration', (seen) => void seen.leftOut++)],
    ['larger squares than images', tampered('calibration', 'calibration', (seen) => void (seen.cells[0].squares = [41, 82]))],
    ['images of a compared group', tampered('caption-association', 'caption-association', (seen) => void seen.groups[0].images--)],
    ['a caption without a figure for each group', tampered('caption-association', 'caption-association', (seen) => void seen.captions[0].associations.pop())],
    ['a caption that is no label', tampered('caption-association', 'caption-association', (seen) => void (seen.captions[0].caption = 'ape'))],
    ['more questions than images', tampered('surveillance', 'caption-test', (seen) => void (seen.protocols[1].cells[0].correct = 15))],
    ['one cell twice', tampered('surveillance', 'caption-test', (seen) => void (seen.protocols[1].cells[1].cell = 0))],
    ['a sequence where nothing is shared', tampered('surveillance', 'caption-test', (seen) => void (seen.protocols[0].cells[0].cluster = 1))],
    ['images of an association test', tampered('embedding-association', 'embedding-association', (seen) => void (seen.tests[0].sizes = [60, 40, 6, 6]))],
    ['words of an association test', tampered('embedding-association', 'embedding-association', (seen) => void (seen.tests[0].sizes = [40, 60, 7, 6]))],
    ['a test that the probe does not have', tampered('embedding-association', 'embedding-association', (seen) => void (seen.tests[0].test = 'other'))],
    ['images as they are', tampered('feature-sensitivity', 'feature-sensitivity', (seen) => void seen.asTheyAre[0].images++)],
    ['more in an outcome than decided', tampered('feature-sensitivity', 'feature-sensitivity', (seen) => void (seen.asTheyAre[0].inOutcome = [101]))],
    ['altered images that failed', tampered('feature-sensitivity', 'feature-sensitivity', (seen) => void seen.transforms[0].cells[0].failed++)],
    ['images that leave an outcome unchanged', tampered('feature-sensitivity', 'feature-sensitivity', (seen) => void (seen.transforms[0].cells[0].inOutcome = [[9, 1, 0]]))],
    ['pairs that are not those as they are', tampered('feature-sensitivity', 'feature-sensitivity', (seen) => void (seen.transforms[0].cells[0].inOutcome = [[9, 0, 0]]))],
    ['an alteration that the probe does not have', tampered('feature-sensitivity', 'feature-sensitivity', (seen) => void (seen.transforms[0].transform = 'other'))],
    ['more names right than asked', tampered('identity', 'identity', (seen) => void (seen.counts[0].draws[0].right = 401))],
    ['more named images than processed', tampered('identity', 'identity', (seen) => void (seen.images = 6001))],
    ['more classes than names', tampered('identity', 'identity', (seen) => void (seen.names = 999))],
    ['a mean accuracy above 1', tampered('identity', 'identity', (seen) => void (seen.counts[0].groups[0].value = 1.2))],
    ['more classified than processed', tampered('linear-probe', 'linear-probe', (seen) => void (seen.fits[0].cells[0].classes = [[1, 41]]))],
    ['images in a class that nothing was learnt of', tampered('linear-probe', 'linear-probe', (seen) => void (seen.fits[0].cells[0].classes = [[2, 40]]))],
    ['a class that is not there', tampered('linear-probe', 'linear-probe', (seen) => void (seen.fits[0].cells[0].classes = [[3, 40]]))],
    ['more unmarked than asked', tampered('markedness', 'markedness', (seen) => void (seen.attributes[0].cells[0].unmarked = 41))],
    ['more asked than processed', tampered('markedness', 'markedness', (seen) => void (seen.attributes[0].cells[0].images = 41))],
    ['more ties than images', tampered('markedness', 'markedness', (seen) => void (seen.attributes[0].cells[0].ties = 41))],
    ['a ranking longer than its cut', tampered('retrieval-skew', 'retrieval-skew', (seen) => void (seen.queries[0].ranked += ' 0'))],
    ['a group more often than it has images', tampered('retrieval-skew', 'retrieval-skew', (seen) => void (seen.queries[0].ranked = Array<string>(100).fill('1').join(' ')))],
    ['a ranked group that is not there', tampered('retrieval-skew', 'retrieval-skew', (seen) => void (seen.queries[0].ranked = seen.queries[0].ranked.replace('1', '2')))],
    ['images that could be retrieved', tampered('retrieval-skew', 'retrieval-skew', (seen) => void (seen.images = [4500, 3000]))],
    ['a query that is no label', tampered('retrieval-skew', 'retrieval-skew', (seen) => void (seen.queries[0].query = 'ape'))],
    ['more ties than the cut holds', tampered('retrieval-skew', 'retrieval-skew', (seen) => void (seen.queries[0].ties[0] = [20, 21, 0]))],
    ['images of a similar group', tampered('self-similarity', 'self-similarity', (seen) => void (seen.groups[1].images = 4000))],
    ['a group of similar images that is gone', tampered('self-similarity', 'self-similarity', (seen) => void seen.groups.pop())],
    ['more images with an association than with a label', tampered('top-k-association', 'top-k-association', (seen) => void (seen.thresholds[1].cells[0].associations[0][1] = 11))],
    ['more images without a label than there are', tampered('top-k-association', 'top-k-association', (seen) => void (threshold(seen).cells[0].without = 41))],
    ['an association that the label set does not have', tampered('top-k-association', 'top-k-association', (seen) => void (threshold(seen).cells[0].associations[0][0] = 'ape'))],
  ])('catches %s', (_, facts) => {
    expect(observationsFit(facts).holds).toBe(false)
  }) // prettier-ignore

  it('catches counts times 50 where everything was derived again and the id written anew', () => {
    const facts = tampered('abstention', 'abstention', (seen) => {
      for (const { cells } of seen.thresholds)
        for (const one of cells) {
          one.images *= 50
          one.kept *= 50
          one.right = one.right.map((count) => count * 50)
          one.inOutcome = one.inOutcome.map((count) => count * 50)
        }
    })
    const wrong = runVerify(sealed(facts)).filter(({ holds }) => !holds)
    expect(wrong.map(({ detail }) => detail)).toEqual(['1 observations, 1 wrong'])
  })
})

describe('countTakenAsSeen', () => {
  const seen = (probe: string): number => countTakenAsSeen(observedWorld(probe).observations)

  it('counts no figure that follows from counts', () => {
    expect(['abstention', 'congress', 'human-comparison', 'markedness', 'surveillance'].map(seen)).toEqual([0, 0, 0, 0, 0]) // prettier-ignore
  })

  it('counts figures that need vectors or every probability, where there is a value', () => {
    expect(seen('embedding-association')).toBe(3) // one effect, two differences
    expect(seen('self-similarity')).toBe(5) // three similarities, two differences
    expect(seen('caption-association')).toBe(4)
    expect(seen('identity')).toBe(4) // six means, two of them hidden
    expect(seen('linear-probe')).toBe(3) // a loss a fit
  })
})
