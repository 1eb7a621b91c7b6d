import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { promptsOf } from '../../src/audit/definitions/prompts.js'
import { readEmbeddingPlan } from '../../src/audit/definitions/read-embedding-plan.js'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import type { PlanFlags } from '../../src/audit/definitions/read-plan.js'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import { embedSentences } from '../../src/audit/embedding/embed-sentences.js'
import { openTextTower } from '../../src/audit/embedding/open-text-tower.js'
import { runAudit } from '../../src/audit/run-audit.js'
import type { AuditOutcome } from '../../src/audit/run-audit.js'
import { runEmbed } from '../../src/audit/run-embed.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { memoryStore } from '../../src/audit/store/open-store.js'
import type { Decisions } from '../../src/audit/types/decisions.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import type { PhantomFiles } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import { testFolder } from './dataset/helpers.js'
import { writeNpy } from './embedding/import/vector-files.js'

const folder = testFolder()
const tools = libraryTools({ threads: 1 })
const DIM = 44
let phantom: PhantomFiles
let byModel: AuditOutcome
let vectors: Float32Array // as exported: images x 44

const plan = (flags: PlanFlags) =>
  readPlan({ flags: { dataset: 'fairface', labels: phantom.labels, crop: '0.25', ...flags }, cwd: folder })
const ASKED = { probe: ['denigration', 'self-similarity'], labelSet: ['clip-paper'], logitScale: '100' }

beforeAll(async () => {
  phantom = await buildPhantom({ world: smallWorld(), folder: join(folder, 'phantom'), sampling: 'quota', seed: 1 })
  const flags = { dataset: 'fairface', labels: phantom.labels, images: phantom.images, model: [phantom.model] }
  const embedding = await readEmbeddingPlan({ flags, cwd: folder })
  for (const file of ['npy/embeddings.npy', 'tensors/embeddings.safetensors'])
    await runEmbed(embedding, tools, { exportTo: join(folder, file) })
  byModel = await runAudit(plan({ ...flags, ...ASKED }), tools)
  const bytes = readFileSync(join(folder, 'npy/embeddings.npy'))
  vectors = new Float32Array(Uint8Array.from(bytes.subarray(128)).buffer)
}, 60_000)

describe('vectors that were exported', () => {
  it.each(['npy', 'tensors/embeddings.yaml'])(
    'decide every planted image as the model that made them does, and give the same figures (%s)',
    async (place) => {
      const { audit, decisions } = await runAudit(plan({ fromEmbeddings: [place], ...ASKED }), tools)
      const truth = readFileSync(phantom.truth, 'utf8').trim().split('\n').slice(1)
      expect(decidedBy(decisions[0].decisions[0]).length).toBe(truth.length)
      expect(decisions[0].decisions).toEqual(byModel.decisions[0].decisions)
      const { tallies, observations, paired, probes } = audit.facts
      expect({ tallies, observations, paired, probes }).toEqual({
        tallies: byModel.audit.facts.tallies,
        observations: byModel.audit.facts.observations,
        paired: byModel.audit.facts.paired,
        probes: byModel.audit.facts.probes,
      })
      expect(observations.length).toBe(1)
      expect(audit.derived).toEqual(byModel.audit.derived)
    },
  )

  it('make an audit that says what they are, that the data are simulated, and that follows from its counts', async () => {
    const { audit } = await runAudit(plan({ fromEmbeddings: ['npy'], labelSet: ['clip-paper'] }), tools)
    const [evidence] = audit.facts.evidence
    expect([audit.facts.simulated, audit.facts.models, audit.facts.dataset.duplicatesReason]).toEqual([
      true,
      [],
      'vectors-only',
    ])
    expect(evidence).toMatchObject({
      id: 'e1',
      model: null,
      kind: 'vectors',
      source: {
        model: 'phantom-model',
        rows: 84,
        dim: DIM,
        dtype: 'float32',
        joinedBy: 'id',
        texts: { kind: 'model' },
      },
    })
    expect(runVerify(audit).filter(({ holds }) => !holds)).toEqual([])
  })
})

describe('vectors that somebody else made', () => {
  /** Writes vectors in any order, class vectors and what describes them; gives the folder. */
  async function writeSource(
    name: string,
    rows: readonly (readonly [id: string, vector: readonly number[]])[],
    more = '',
  ): Promise<string> {
    const at = join(folder, name)
    mkdirSync(at)
    writeNpy(
      at,
      'images.npy',
      rows.map(([, vector]) => vector),
    )
    writeFileSync(join(at, 'ids.txt'), rows.map(([id]) => `${id}\n`).join(''))
    const prompts = promptsOf(readLabelSet('clip-paper', folder)).map(({ prompt }) => prompt)
    const tower = await openTextTower(phantom.model, DIM, { threads: 1 }, memoryStore())
    const texts = await embedSentences(prompts, await tower.openTexts())
    await tower.close()
    writeNpy(
      at,
      'prompts.npy',
      prompts.map((_, row) => [...texts.subarray(row * DIM, (row + 1) * DIM)]),
    )
    writeFileSync(join(at, 'prompts.json'), JSON.stringify(prompts))
    writeFileSync(
      join(at, 'embeddings.yaml'),
      `model: served elsewhere\nvectors: images.npy\nids: ids.txt\nclassVectors: { vectors: prompts.npy, prompts: prompts.json }\n${more}`,
    )
    return name
  }

  const exported = (): (readonly [string, number[]])[] =>
    byModel.dataset.images.map((id, row) => [id, [...vectors.subarray(row * DIM, (row + 1) * DIM)]] as const)

  it('are joined by id in any order, of any length, with class vectors that were given', async () => {
    const longer = exported().map(([id, vector], row) => [id, vector.map((number) => number * (row + 1))] as const)
    const source = await writeSource('reversed', longer.toReversed())
    const { audit, decisions } = await runAudit(plan({ fromEmbeddings: [source], labelSet: ['clip-paper'] }), tools)
    expect(decidedBy(decisions[0].decisions[0])).toEqual(decidedBy(byModel.decisions[0].decisions[0]))
    const [evidence] = audit.facts.evidence
    expect(evidence.kind === 'vectors' && evidence.source).toMatchObject({
      modelSha256: null,
      modelSha256Reason: 'not-stated',
      preprocessing: null,
      preprocessingReason: 'not-stated',
      normalised: { stated: null, shortest: 1, longest: 84 },
      texts: { kind: 'vectors', prompts: 21 },
      logitScaleReason: 'not stated',
    })
  })

  it('quarantine the images they lack, and those without a direction, in their groups; others are counted', async () => {
    const rows = exported().map(([id, vector], row): readonly [string, number[]] => {
      if (row === 1) return [id, vector.map(() => NaN)]
      return row === 2
        ? [id, vector.map(() => 0)]
        : [row === 0 ? 'val/unknown.png' : id, row === 4 ? [...vectors.subarray(3 * DIM, 4 * DIM)] : vector]
    })
    const { audit, dataset } = await runAudit(
      plan({ fromEmbeddings: [await writeSource('damaged', rows)], labelSet: ['clip-paper'] }),
      tools,
    )
    expect([...dataset.quarantined].map(([row, { code }]) => [row, code])).toEqual([
      [1, 'embed.nonfinite'],
      [2, 'embed.zero'],
      [0, 'embed.missing'],
    ])
    expect(audit.facts.dataset.rows).toEqual({ in: 84, processed: 81, quarantined: 3, excluded: 0 })
    const inGroups = audit.facts.dataset.cells.flatMap(({ quarantined }) => quarantined)
    expect(inGroups.reduce((sum, [, images]) => sum + images, 0)).toBe(3)
    expect(audit.facts.dataset.warnings.map(([code, count]) => [code, count])).toEqual([
      ['embed.unmatched', 1],
      ['embed.identical', 2],
    ])
  })

  it('stand beside the model they came from, under another name', async () => {
    const beside = plan({
      fromEmbeddings: [await writeSource('beside', [...exported(), ['val/unknown.png', exported()[0][1]]])],
      model: [phantom.model],
      images: phantom.images,
      labelSet: ['clip-paper'],
    })
    const { audit } = await runAudit(beside, tools)
    expect(audit.facts.evidence.map(({ id, kind }) => [id, kind])).toEqual([
      ['e1', 'embeddings'],
      ['e2', 'vectors'],
    ])
    const [first, second] = audit.facts.evidence.map(({ id }) =>
      audit.facts.tallies.filter(({ evidence }) => evidence === id).map(({ counts }) => counts),
    )
    expect(second).toEqual(first)
    expect(audit.facts.dataset.warnings.map(([, , message]) => message)).toEqual([
      'served elsewhere: 1 vectors belong to no image of the label file, and are left out',
    ])
    expect(runVerify(audit).filter(({ holds }) => !holds)).toEqual([])
  })

  it.each([
    [
      'a prompt that was not embedded',
      { labelSet: ['clip-paper-child'] },
      /prompts\.json: expected the prompt "a photo of a child" but received a list without it\. Embed these texts as well/,
    ],
    [
      "a stated width that is not the file's",
      { more: 'dim: 512\n' },
      /embeddings\.yaml: dim: expected 44, as in the file of vectors but received 512\. Correct the one that is wrong/,
    ],
    [
      "a stated kind of number that is not the file's",
      { more: 'dtype: float16\n' },
      /dtype: expected float32, as in the file of vectors but received float16/,
    ],
    [
      'a bias without a sigmoid',
      { logitBias: '-3' },
      /--logit-bias: expected nothing, because a softmax has no bias but received -3/,
    ],
  ])(
    'are refused for %s',
    async (name, { more = '', ...flags }: { more?: string; labelSet?: string[]; logitBias?: string }, message) => {
      const source = await writeSource(name.replaceAll(/[^a-z]+/g, '-'), exported(), more)
      await expect(
        runAudit(plan({ fromEmbeddings: [source], labelSet: ['clip-paper'], ...flags }), tools),
      ).rejects.toThrow(message)
    },
  )

  it('are decided by a sigmoid where they say so, with the bias they state or none', async () => {
    const logits = async (name: string, more: string) => {
      const source = await writeSource(name, exported(), `activation: sigmoid\n${more}`)
      const { audit } = await runAudit(plan({ fromEmbeddings: [source], labelSet: ['clip-paper'] }), tools)
      const [evidence] = audit.facts.evidence
      return evidence.kind === 'vectors' ? evidence.source : null
    }
    expect(await logits('sigmoid', 'logitScale: 10\n')).toMatchObject({
      ...{ activation: 'sigmoid', logitScale: 10, logitBias: null, logitBiasReason: 'not stated' },
    })
    expect(await logits('sigmoid-bias', 'logitBias: -3\n')).toMatchObject({
      ...{ activation: 'sigmoid', logitScale: null, logitScaleReason: 'not stated', logitBias: -3 },
    })
  })

  it('are decided as they say where the folder of their text model leaves it open', async () => {
    const asked = async (name: string, activation: string) => {
      const at = await writeSource(name, exported())
      const said = `model: ${name}\nvectors: images.npy\nids: ids.txt\ntextModel: ../phantom/phantom-model\nactivation: ${activation}\n`
      writeFileSync(join(folder, at, 'embeddings.yaml'), said)
      const { audit } = await runAudit(plan({ fromEmbeddings: [at], labelSet: ['clip-paper'] }), tools)
      const [evidence] = audit.facts.evidence
      return evidence.kind === 'vectors' ? evidence.source : null
    }
    expect(await asked('open-sigmoid', 'sigmoid')).toMatchObject({ activation: 'sigmoid', logitBias: null })
    expect(await asked('open-softmax', 'softmax')).not.toHaveProperty('activation')
  })

  it('are refused in another width than the class vectors that were given', async () => {
    const source = await writeSource('narrow-prompts', exported())
    const prompts = JSON.parse(readFileSync(join(folder, source, 'prompts.json'), 'utf8')) as string[]
    writeNpy(join(folder, source), 'prompts.npy', prompts.map((_, row) => [row, 1])) // prettier-ignore
    await expect(runAudit(plan({ fromEmbeddings: [source] }), tools)).rejects.toThrow(
      /prompts\.npy: expected 44 numbers a vector, like those of the images but received 2\. Class vectors must come from the text encoder of the same model/,
    )
  })

  it('are refused in another width than their text model', async () => {
    const source = await writeSource(
      'narrow',
      exported().map(([id, vector]) => [id, vector.slice(0, 20)]),
    )
    writeFileSync(
      join(folder, source, 'embeddings.yaml'),
      `model: narrow\nvectors: images.npy\nids: ids.txt\ntextModel: ../phantom/phantom-model\n`,
    )
    await expect(runAudit(plan({ fromEmbeddings: [source] }), tools)).rejects.toThrow(/20.*44|44.*20/)
  })
})

describe('a plan with vectors', () => {
  it.each([
    [
      'altered images',
      { probe: ['feature-sensitivity'] },
      'command line: --probe: expected a model folder, because the probe feature-sensitivity embeds altered images but received vectors. Name the model with --model instead of its vectors, or leave that probe out.',
    ],
    [
      'the same name twice',
      { fromEmbeddings: ['npy', 'tensors'] },
      'command line: --from-embeddings: expected vectors of a model with a name of its own but received "phantom-model" again. Reports tell them apart by name; change model: in embeddings.yaml.',
    ],
    [
      'nothing there',
      { fromEmbeddings: ['nowhere'] },
      'command line: --from-embeddings: expected embeddings.yaml, or a folder with it but received "nowhere", where nothing is. Write embeddings.yaml beside the vectors: docs/embeddings.md shows how.',
    ],
    [
      'a folder without the file',
      { fromEmbeddings: ['phantom'] },
      'command line: --from-embeddings: expected embeddings.yaml, or a folder with it but received "phantom", a folder without it. Write embeddings.yaml beside the vectors: docs/embeddings.md shows how.',
    ],
  ])('is refused for %s', (_name, flags: PlanFlags, message) => {
    expect(() => plan({ fromEmbeddings: ['npy'], ...flags })).toThrow(message)
  })

  it('refuses the same vectors under two names', async () => {
    mkdirSync(join(folder, 'again'))
    const text = readFileSync(join(folder, 'npy/embeddings.yaml'), 'utf8')
    const again = text
      .replace('model: "phantom-model"', 'model: other')
      .replace('vectors: "', 'vectors: "../npy/')
      .replace('ids: "', 'ids: "../npy/')
    writeFileSync(join(folder, 'again/embeddings.yaml'), again)
    await expect(runAudit(plan({ fromEmbeddings: ['npy', 'again'] }), tools)).rejects.toThrow(
      /expected other vectors but received the same files as those of "phantom-model"/,
    )
  })

  it('hashes apart from a plan with a model, and as before where there are no vectors', () => {
    const model = plan({ model: [phantom.model], images: phantom.images })
    expect(plan({ fromEmbeddings: ['npy'] }).sha256).not.toBe(model.sha256)
    expect([
      Object.hasOwn(model, 'fromEmbeddings'),
      plan({ model: [phantom.model], images: phantom.images }).sha256,
    ]).toEqual([false, model.sha256])
  })
})

function decidedBy({ winner }: Decisions): number[] {
  return [...winner]
}
