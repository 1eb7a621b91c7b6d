import { identityOf } from '../../src/audit/model/model-identity.js'
import type { EvidenceFacts, ModelFacts } from '../../src/audit/types/facts.js'
import type { DatasetPlan, Plan } from '../../src/audit/types/definitions.js'
import type { Reference } from '../../src/audit/types/groups.js'
import { SHA } from './definitions.js'

type Definitions = Pick<Plan, 'labelSets' | 'policy' | 'probes'>

/** A plan around some definitions; only what the facts need is more than a stand-in. */
export function planOf(scene: { readonly reference?: Reference }, definitions: Definitions): Plan {
  return {
    system: [['purpose', 'a test']],
    models: ['model'],
    fromDecisions: [],
    decisionsMap: [],
    dataset: DATASET_PLAN,
    train: null,
    reference: scene.reference ?? { kind: 'rest' },
    ablate: null,
    captions: null,
    acknowledge: [],
    seed: 1,
    logitScale: null,
    resize: 'exact',
    out: 'out',
    writeDecisions: false,
    sha256: SHA,
    ...definitions,
  }
}

const DATASET_PLAN: DatasetPlan = {
  format: 'csv',
  id: 'drawn',
  labels: 'labels.csv',
  images: 'images',
  crop: null,
  map: [],
  where: [],
  unknownValues: 'keep',
  followOutside: false,
  licence: null,
  simulated: false,
}

const MODEL_FILES: ModelFacts['files'] = [['onnx/vision_model.onnx', SHA, 1234567]]

/** Evidence from a made-up model. */
export const FROM_MODEL: { readonly models: readonly ModelFacts[]; readonly evidence: readonly EvidenceFacts[] } = {
  models: [
    {
      id: 'm1',
      name: 'a made-up model',
      sha256: identityOf(MODEL_FILES),
      files: MODEL_FILES,
      dim: 8,
      logitScale: null,
      logitScaleReason: 'not in the export',
      batchInvariant: true,
    },
  ],
  evidence: [
    {
      id: 'e1',
      model: 'm1',
      kind: 'embeddings',
      preprocessing: {
        sha256: SHA,
        resample: 'bicubic',
        resize: 'exact',
        size: 'shortest side 224',
        crop: '224 x 224',
        mean: [0.5, 0.5, 0.5],
        std: [0.25, 0.25, 0.25],
        exif: 'ignored',
      },
      embeddedWith: [{ threads: 2, batch: 32, onnxruntime: '1.0.0', libvips: '8.0.0' }],
    },
  ],
}

/** Evidence from a file of decisions made elsewhere. */
export const DECISIONS_ONLY: typeof FROM_MODEL = {
  models: [],
  evidence: [
    {
      id: 'e1',
      model: null,
      modelReason: 'decisions-only',
      kind: 'decisions',
      source: { file: 'decisions.csv', sha256: SHA, rows: 10 },
    },
  ],
}
